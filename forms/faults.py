"""What may be wrong with a form document, in both languages."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

FAULTS = Faults(
    {
        "form.unreadable": Fault(
            Said("这不是能读取的表单：{why}", "this is no form that can be read: {why}"),
            Said("用表单编辑器打开，再保存一次", "open it in the form editor and save it again"),
        ),
        "form.key_twice": Fault(
            Said("key “{key}”用了两次", 'the key "{key}" is used twice'),
            Said("让每个字段有自己的 key", "give each field a key of its own"),
        ),
        "form.key": Fault(Said("字段没有 key", "a field without a key"), Said("给它一个 key", "give it a key")),
        "form.type/unknown": Fault(
            Said("这里画不出类型 {type}", "the type {type} is not drawn here"),
            Said("使用文档里列出的字段类型", "use a field type of the list in the docs"),
        ),
        "form.type/file": Fault(
            Said("文件字段只能用来传照片", "a file field that is no photo"),
            Said(
                "把 properties.widget 设为 photo，并写 slot 和 kind",
                "set properties.widget to photo, with slot and kind",
            ),
        ),
        "form.widget": Fault(Said("不认识控件 {widget}", "unknown widget {widget}"), Said("{mend}", "{mend}")),
        "form.property/missing": Fault(
            Said("{widget} 缺少属性 {name}", "{widget} without the property {name}"),
            Said("加上 properties.{name}", "add properties.{name}"),
        ),
        "form.property/kind": Fault(
            Said("kind 既不是 id1 也不是 sheet", "kind is neither id1 nor sheet"),
            Said("证件和卡片写 id1，纸张写 sheet", "id1 for a card, sheet for paper"),
        ),
        "form.property/offers": Fault(
            Said("offers 不能是“{value}”", 'offers cannot be "{value}"'),
            Said("从这些里选一个：{choices}；不写表示全部原因", "one of {choices}; without it all reasons"),
        ),
        "form.rule": Fault(
            Said("不认识规则 {rule}", "unknown rule {rule}"), Said("可用的有：{rules}", "known are: {rules}")
        ),
        "form.read": Fault(
            Said("照片上读不出 {read}", "nothing that is read from a photograph is called {read}"),
            Said("可用的有：{readable}", "known are: {readable}"),
        ),
        "form.fact_sealed/value": Fault(
            Said("{key} 的值是加密保存的，不能作事实", "the value of {key} is sealed and cannot be a fact"),
            Said(
                "只有勾选、选项和数字可以告诉流程一个事实",
                "only ticks, choices and numbers may tell the flow a fact",
            ),
        ),
        "form.fact_sealed/rule": Fault(
            Said("按它的规则，{key} 是个人资料", "{key} holds personal data by its rule"),
            Said("去掉 properties.fact", "remove properties.fact"),
        ),
        "form.options/none": Fault(
            Said("{key} 没有可选的选项", "{key} has nothing to choose from"),
            Said("加上选项，或 properties.choices", "add options, or properties.choices"),
        ),
        "form.options/twice": Fault(
            Said("{key} 有重复或空的选项", "{key} has an option twice or an empty one"),
            Said("让每个选项有自己的值", "give each a value of its own"),
        ),
        "form.one_click": Fault(
            Said("oneClick 写了 {names}，{key} 没有这个选项", "oneClick names {names}, which is no option of {key}"),
            Said("写选项里的值", "name a value of the options"),
        ),
        "form.property/stills": Fault(
            Said("stills 写了 {names}，没有这种照片", "stills names {names}: there is no such picture"),
            Said("写 {choices} 中的", "name some of {choices}"),
        ),
        "form.pattern/open": Fault(
            Said("格式 {pattern} 在更长的文字里也能匹配", "the pattern {pattern} matches inside a longer text"),
            Said("写成 ^...$", "write ^...$"),
        ),
        "form.pattern/broken": Fault(
            Said("读不懂格式 {pattern}（{detail}）", "the pattern {pattern} cannot be read: {detail}"),
            Said("改正正则表达式", "mend the regular expression"),
        ),
        "form.pattern/backtracks": Fault(
            Said(
                "格式 {pattern} 用了前后断言或反向引用（{detail}），检查它可能要算很久",
                "the pattern {pattern} looks around or back ({detail}): checking it may take for ever",
            ),
            Said(
                "去掉 (?=…)、(?!…)、(?<…) 和 \\1 这类写法；长度用 minLength、maxLength 限制",
                "leave out (?=...), (?!...), (?<...) and \\1; limit the length by minLength and maxLength",
            ),
        ),
        "form.validate/name": Fault(
            Said("validate 里不认识 {name}", "unknown name {name} in validate"), Said("{mend}", "{mend}")
        ),
        "form.validate/type": Fault(
            Said("类型为 {type} 的字段不检查 {name}", "a field of type {type} is not checked for {name}"),
            Said("删除 validate.{name}", "remove validate.{name}"),
        ),
        "form.validate/number": Fault(
            Said("{name} 应该是数，而且长度和小数位不能是负数或小数", "{name} is no number that can be checked with"),
            Said("写成 3 这样的数，不加引号", "write a number such as 3, without quotes"),
        ),
        "form.validate/kind": Fault(
            Said(
                "validationType 不能是“{kind}”，这里只检查 email",
                'validationType cannot be "{kind}": only email is checked',
            ),
            Said(
                "手机号写 properties.rule: phone，别的用 pattern",
                "for a phone set properties.rule to phone, else use a pattern",
            ),
        ),
        "form.hide": Fault(
            Said("隐藏条件“{text}”：{why}（第 {place} 个字符）", 'the condition "{text}": {why} (character {place})'),
            Said("{mend}", "{mend}"),
        ),
        "form.required": Fault(
            Said("必填条件“{text}”：{why}（第 {place} 个字符）", 'the condition "{text}": {why} (character {place})'),
            Said("{mend}", "{mend}"),
        ),
    }
)

NO_COMPONENTS = Said("没有组件的列表 components", "the document has no list of components")
NO_OBJECT = Said("文件不是一个对象", "the document is not an object")
NO_JSON = Said("不是 JSON（{detail}）", "not JSON: {detail}")
NO_TYPE = Said("有组件没有 type", "a component without a type")
TOO_MANY = Said("组件超过 {most} 个，请拆成几个步骤", "it has more than {most} components; ask some in another step")
TOO_DEEP = Said("分组嵌套超过 {most} 层", "groups stand in each other more than {most} deep")
NO_OBJECT_AT = Said("{name} 应该是对象", "{name} is not an object")
NO_OPTION = Said("选项应该是对象", "an option is not an object")
NO_LIST = Said("{name} 应该是列表", "{name} is not a list")
"""Why a document is no form."""

REMOVE = Said("删除它", "remove it")

NOT_ASKED = Said("按这些内容，表单不问这一项", "with these entries the form does not ask for it")
NO_REASON_ASKED = Said("按这些内容，表单不收这个原因", "with these entries the form takes no such reason")
NO_YES_OR_NO = Said("只能写 true 或 false", "it is true or false")
"""Why an entry of a scenario does not fit its form."""
