"""What the rules for a business as a whole say, in both languages."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

_HINT = Said("{mend}", "{mend}")

FAULTS = Faults(
    {
        "business.decision": Fault(
            Said("{key} 指的决策 {decision} 不存在", "{key} names the decision {decision}, which no table gives"), _HINT
        ),
        "business.milestone/unknown": Fault(
            Said("办理阶段 {milestone} 里没有步骤 {step}", "the milestone {milestone} holds the unknown step {step}"),
            _HINT,
        ),
        "business.milestone/twice": Fault(
            Said("步骤 {step} 放在了两个阶段里", "{step} stands in two milestones"),
            Said("只放在一个里", "keep it in one"),
        ),
        "decision.unused": Fault(
            Said("没有地方问决策 {decision}", "nothing asks the decision {decision}"),
            Said(
                "在 business.json 或业务规则任务里写上它，或删除它",
                "name it in business.json or in a business rule task, or remove it",
            ),
        ),
        "decision.notice": Fault(
            Said("不能办理的提示 {notice} 不在 notices.json 里", "the refusal {notice} has no notice"), _HINT
        ),
        "decision.step": Fault(Said("要重做的步骤 {step} 不存在", "repeats the unknown step {step}"), _HINT),
        "dmn.hit_policy/one": Fault(
            Said("对人只说一个原因，而这张表给出列表", "a person is told one refusal, and this table gives a list"),
            Said("命中策略选 FIRST", "choose the hit policy FIRST"),
        ),
        "dmn.hit_policy/several": Fault(
            Said(
                "{table} 回答更正之后要重做什么，可能是几个步骤",
                "{table} answers what a correction repeats, which may be several steps",
            ),
            Said("命中策略选 COLLECT", "choose the hit policy COLLECT"),
        ),
        "fact.reserved": Fault(
            Said("不能声明事实 {fact}：这个名称归引擎用", "{fact} may not be declared: the name is the engine's"),
            Said("换一个名称", "give the fact another name"),
        ),
        "fact.collision": Fault(
            Said("{fact} 同时又是 {inner} 的上一级", "{fact} is also the folder of {inner}"),
            Said("给其中一个改名", "rename one"),
        ),
        "id.meaning/kind": Fault(
            Said("{id} 在使用中的版本里是{was}，现在是{now}", "{id} is a {was} in the version in use, and a {now} now"),
            Said("给新的元素另取一个 id", "give the new element an id of its own"),
        ),
        "id.meaning/step": Fault(
            Said(
                "{id} 在使用中的版本里是步骤“{was}”，现在是“{now}”，表单也不同：客户在那里答过的会被当作这里的",
                'in the version in use {id} is the step "{was}", now it is "{now}" with another form: '
                "what customers answered there would count here",
            ),
            Said("给新的步骤另取一个 id", "give the new step an id of its own"),
        ),
        "id.vanished": Fault(
            Said(
                "{step}在使用中的版本里的 id 是 {was}：换了 id，办理中的受理单就找不到它",
                "{step} has the id {was} in the version in use: with another, running cases do not find it",
            ),
            Said("把 id 改回 {was}", "change the id back to {was}"),
        ),
        "form.unused": Fault(Said("没有步骤使用这张表单", "no user task shows this form"), _HINT),
        "form.document": Fault(Said("没有文本 {document}", "no document {document}"), _HINT),
        "form.notice": Fault(Said("notices.json 里没有 {notice}", "no notice {notice} in notices.json"), _HINT),
        "notice.unknown": Fault(Said("notices.json 里没有 {notice}", "no notice {notice} in notices.json"), _HINT),
        "notice.empty": Fault(
            Said("通知 {notice} 用短信发送，但没有 text", "{notice} is sent by SMS and has no text"),
            Said("写上 text", "write its text"),
        ),
        "notice.place/desk": Fault(
            Said(
                "{name}：这一步由客户自己做，没有人在这里退回",
                "{name}: the customer does this step; nobody rejects here",
            ),
            Said("写在岗位的步骤上", "set it on the step of a desk"),
        ),
        "notice.place/books": Fault(
            Said("{name}：这一步的表单不预约", "{name}: the form of this step books nothing"),
            Said("写在表单有部件 {widget} 的步骤上", "set it on the step whose form has the widget {widget}"),
        ),
        "notice.place/twice": Fault(
            Said("{name} 在步骤 {other} 上已经写了", "{name} stands on the step {other} too"),
            Said("只留一个", "keep one"),
        ),
        "notice.placeholder": Fault(
            Said(
                "这条通知用到的地方没有内容可以填进 {{{name}}}",
                "nothing fills {{{name}}} where this notice is shown or sent",
            ),
            _HINT,
        ),
        "notice.english": Fault(
            Said(
                "英文里的占位符和中文的不一致（中文：{names}）",
                "the English has other placeholders than the Chinese ({names})",
            ),
            Said("两边写同样的名称", "write the same names in both"),
        ),
        "questions.missing": Fault(
            Said("表单要问开户知识，但没有题目", "the form asks knowledge questions, and there are none"),
            Said("加上 processes/{business}/questions.json", "add processes/{business}/questions.json"),
        ),
        "questions.duplicate": Fault(
            Said("题目代码 {code} 出现两次", "the code {code} stands twice"), Said("给其中一个改名", "rename one")
        ),
        "questions.number/draw": Fault(
            Said("要抽 {draw} 题，而题库有 {count} 题", "draw is {draw}, and there are {count} questions"),
            Said("至少抽一题，不超过题库", "draw at least 1 and no more than there are"),
        ),
        "questions.number/needed": Fault(
            Said("要答对 {needed} 题，而只抽 {draw} 题", "needed is {needed}, and {draw} are drawn"),
            Said("要求的题数不超过抽的题数", "ask for no more right answers than are drawn"),
        ),
        "reason.duplicate": Fault(
            Said("原因代码 {code} 出现两次", "the code {code} stands twice"), Said("给其中一个改名", "rename one")
        ),
        "reason.step/final": Fault(
            Said("最终原因不再打开任何步骤", "a final reason asks no step again"),
            Said("去掉 step，或不设为最终原因", "remove the step, or do not make it final"),
        ),
        "reason.step/none": Fault(
            Said("这个原因没有指明步骤", "the reason names no step"),
            Said("写上 step，或设为最终原因", "give it a step, or make it final"),
        ),
        "reason.step/unknown": Fault(
            Said("原因 {code} 要再次打开的步骤 {step} 不存在", "the reason {code} asks the unknown step {step} again"),
            _HINT,
        ),
        "reason.desk/none": Fault(
            Said("没有岗位可以用这个原因", "no desk may give this reason"), Said("写上 desks", "add desks")
        ),
        "reason.desk/unknown": Fault(
            Said("原因 {code} 写的岗位 {desk} 不存在", "the reason {code} names the unknown desk {desk}"), _HINT
        ),
        "reason.field": Fault(Said("{step} 的表单没有字段 {field}", "the form of {step} has no field {field}"), _HINT),
        "reason.road": Fault(
            Said(
                "从{desk}没有路直接通到{step}，或要先经过别的步骤",
                "no road leads from {desk} to {step} without asking another step first",
            ),
            Said("从{desk}画一条连线到步骤链的链首", "draw a flow from {desk} to the head of the chain of steps"),
        ),
        "reason.none": Fault(
            Said(
                "{desk}要选驳回原因，但没有一个原因写了这个岗位",
                "{desk} asks for reject reasons, and no reason names this desk",
            ),
            Said('在 reasons.json 里写上 "desks": ["{id}"]', 'add "desks": ["{id}"] to a reason of reasons.json'),
        ),
        "scenario.unreadable/yaml": Fault(
            Said("不是能读取的 YAML（{detail}）", "no YAML that can be read: {detail}"),
            Said("改正这一行", "mend the line"),
        ),
        "scenario.unreadable/alias": Fault(
            Said("不能用锚点 &、别名 * 和类型标记 !", "anchors, aliases and tags are not read"),
            Said("把内容写出来；以这些符号开头的文字加引号", "write it out; put quotes around a text that begins so"),
        ),
        "scenario.unreadable/depth": Fault(
            Said("嵌套超过 {most} 层", "nested deeper than {most}"), Said("减少嵌套", "flatten it")
        ),
        "scenario.unreadable/key": Fault(
            Said("键不是文字", "a key is no text"), Said("给它写上名称", "give it a name")
        ),
        "scenario.unreadable/twice": Fault(
            Said("键 {key} 出现两次", "the key {key} stands twice"), Said("只留一个", "keep one")
        ),
        "scenario.unreadable/two": Fault(
            Said("文件里有两个文档", "the file holds two documents"),
            Said("每个场景写一个文件", "write one file for each scenario"),
        ),
        "scenario.unreadable/size": Fault(
            Said("场景超过 {most} KB", "the scenario is larger than {most} KB"),
            Said("拆成几个场景", "split it into several"),
        ),
        "scenario.shape/mapping": Fault(
            Said("这里应该写键和值", "these are no keys with values"), Said("键有：{mend}", "the keys are {mend}")
        ),
        "scenario.shape/list": Fault(
            Said("{name} 应该是列表，至少一项", "{name} is no list of at least one"),
            Said("每项一行，以 - 开头", "write an item on each line, beginning with -"),
        ),
        "scenario.shape/key": Fault(Said("不认识键 {name}", "unknown key {name}"), _HINT),
        "scenario.shape/missing": Fault(Said("缺少 {name}", "{name} is missing"), Said("加上 {name}", "add {name}")),
        "scenario.shape/neither": Fault(
            Said("then 没有写结果", "then says no outcome"),
            Said(
                "写上 end（在哪里结束），或 open（停在哪个步骤）",
                "write end (where it ends) or open (at which step it stands)",
            ),
        ),
        "scenario.shape/pairs": Fault(
            Said("{name} 应该写名称和值", "{name} is no mapping"),
            Said("每项一行，写成“名称: 值”", "write `name: value`, each on a line of its own"),
        ),
        "scenario.shape/word": Fault(
            Said(
                "when 的每一项只写一个步骤或事件，可带 reasons", "an item of when is one step or event, and its reasons"
            ),
            Said("写成“- 步骤:”，每项一行", "write it like `- step:`, each on a line of its own"),
        ),
        "scenario.setting": Fault(Said("没有设置 {name}", "there is no setting {name}"), _HINT),
        "scenario.service": Fault(Said("没有服务 {name}", "there is no service {name}"), _HINT),
        "scenario.step": Fault(Said("没有步骤 {name}", "there is no step {name}"), _HINT),
        "scenario.fact/step": Fault(
            Said("步骤 {of} 的表单不给出事实 {name}", "the form of {of} gives no fact {name}"), _HINT
        ),
        "scenario.fact/service": Fault(
            Said("服务 {of} 不给出事实 {name}", "the service {of} gives no fact {name}"), _HINT
        ),
        "scenario.reason": Fault(Said("步骤 {of} 不能用原因 {name}", "{of} may not give the reason {name}"), _HINT),
        "scenario.event/back": Fault(Said("步骤 {name} 没有上一步", "the step {name} has no way back"), _HINT),
        "scenario.event/message": Fault(Said("没有地方等消息 {name}", "nothing waits for the message {name}"), _HINT),
        "scenario.event/timer": Fault(Said("没有定时器 {name}", "there is no timer {name}"), _HINT),
        "scenario.event/fails": Fault(Said("没有服务任务 {name}", "there is no service task {name}"), _HINT),
        "scenario.event/advance": Fault(
            Said("“{name}”不是一段时间", '"{name}" is no time'),
            Said("写成 2d、12h 或 30m，最多 400 天", "write 2d, 12h or 30m, at most 400 days"),
        ),
        "scenario.then/path": Fault(Said("图里没有元素 {name}", "there is no element {name}"), _HINT),
        "scenario.then/texts": Fault(Said("notices.json 里没有 {name}", "no notice {name} in notices.json"), _HINT),
        "scenario.then/fact": Fault(Said("没有地方声明事实 {name}", "the fact {name} is declared nowhere"), _HINT),
        "scenario.then/role": Fault(Said("没有角色 {name}", "there is no role {name}"), _HINT),
        "scenario.end/unknown": Fault(Said("没有结束事件 {name}", "there is no end event {name}"), _HINT),
        "scenario.end/status": Fault(
            Said("结束事件 {end} 的名称不是“{name}”", 'the end event {end} is not called "{name}"'),
            Said("写“{status}”", 'write "{status}"'),
        ),
        "text.encoding": Fault(
            Said("文件不是 UTF-8 文本", "the file is not UTF-8 text"), Said("另存为 UTF-8", "save it as UTF-8")
        ),
        "text.empty": Fault(
            Said("文本是空的", "the document is empty"), Said("写上内容，或删除文件", "write it, or remove the file")
        ),
        "text.english/text": Fault(
            Said("“{text}”没有英文", '"{text}" has no English'), Said("写进 texts.en.json", "add it to texts.en.json")
        ),
        "text.english/document": Fault(
            Said("旁边没有英文文本", "the document has no English beside it"), Said("加上 {path}", "add {path}")
        ),
    }
)
