// What each kind of element is called in Chinese, by the English that bpmn.io makes of its type.
const DEFINED = { Timer: "定时", Message: "消息", Error: "错误", Signal: "信号", Escalation: "升级", Conditional: "条件", Compensate: "补偿", Cancel: "取消", Link: "链接", Terminate: "终止", Multiple: "多重" };
const PLACES = { "Start Event": "开始事件", "End Event": "结束事件", "Intermediate Catch Event": "中间捕获事件", "Intermediate Throw Event": "中间抛出事件", "Boundary Event": "边界事件" };

const events = Object.entries(PLACES).flatMap(([place, words]) => [
  [place, words],
  ...Object.entries(DEFINED).flatMap(([kind, said]) => [
    [`${kind} ${place}`, `${said}${words}`],
    [`${kind} ${place} (Non Interrupting)`, `${said}${words}（不中断）`],
  ]),
]);

export const kinds = {
  ...Object.fromEntries(events),
  "Task": "任务", "User Task": "步骤（用户任务）", "Service Task": "服务任务", "Business Rule Task": "业务规则任务", "Script Task": "脚本任务", "Manual Task": "手工任务", "Send Task": "发送任务", "Receive Task": "接收任务",
  "Call Activity": "调用活动", "Expanded Sub Process": "子流程", "Collapsed Sub Process": "收起的子流程", "Event Sub Process": "事件子流程", "Expanded Ad Hoc Sub Process": "特别子流程", "Collapsed Ad Hoc Sub Process": "收起的特别子流程", "Transaction": "事务",
  "Exclusive Gateway": "排他网关", "Parallel Gateway": "并行网关", "Inclusive Gateway": "包容网关", "Event Based Gateway": "事件网关", "Complex Gateway": "复杂网关", "Gateway": "网关",
  "Sequence Flow": "连线", "Default Flow": "默认连线", "Conditional Flow": "带条件的连线", "Message Flow": "消息流", "Association": "关联",
  "Process": "流程", "Collaboration": "协作", "Participant": "泳池", "Lane": "泳道", "Group": "组", "Text Annotation": "注释",
  "Data Object Reference": "数据对象", "Data Store Reference": "数据存储", "Data Input": "数据输入", "Data Output": "数据输出", "Data Input Association": "数据输入关联", "Data Output Association": "数据输出关联",
};
