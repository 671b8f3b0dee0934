// What bpmn-js-i18n has no Chinese for: the properties panel, the minimap, and steps.
export const ours = {
  "General": "基本", "Name": "名称", "ID": "编号", "Documentation": "说明", "Element documentation": "说明", "Executable": "可执行", "Process ID": "流程编号", "Process name": "流程名称", "Participant Name": "泳池名称", "Participant ID": "泳池编号",
  "Process documentation": "流程说明", "Message": "消息", "Global message reference": "消息", "Error": "错误", "Global error reference": "错误", "Code": "代码", "Timer": "定时", "Type": "种类", "Value": "值", "Date": "日期", "Duration": "时长", "Cycle": "循环", "<none>": "（无）",
  "Create new ...": "新建…", "Create user task": "创建步骤", "Append user task": "追加步骤", "User task": "步骤（用户任务）", "Service task": "服务任务", "Business rule task": "业务规则任务", "Call activity": "调用活动",
  "Select an element to edit its properties.": "请在图上选中一个元素，再修改它的属性。", "Multiple elements are selected. Select a single element to edit its properties.": "选中了多个元素。请只选一个，再修改它的属性。",
  "Open minimap": "打开缩略图", "Close minimap": "收起缩略图", "Toggle section": "展开或收起", "Section contains data": "有内容", "Section contains edits": "有内容", "Section contains errors": "有错误", "ID must be unique.": "编号已被使用，请换一个。", "ID must not be empty.": "请填写编号。", "ID must be a valid QName.": "编号只能用字母、数字、下划线、连字符和点，并以字母或下划线开头。",
  "ID must not contain spaces.": "编号里不能有空格。", "Format": "格式", "Text": "文字", "Condition expression": "条件", "Change element": "更改元素", "Connect to other element": "连到另一个元素", "Delete": "删除", "Open {element}": "打开 {element}",
};
