"""What the rules for diagrams say, in both languages: flows, loops, steps, services, conditions and events."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

FLOWS: dict[str, Fault] = {
    "flow.start/none": Fault(
        Said("{scope} 没有开始事件", "{scope} has no start event"), Said("画一个开始事件", "draw one start event")
    ),
    "flow.start/many": Fault(
        Said("{scope} 有不止一个开始事件", "{scope} has more than one start event"),
        Said("只留一个开始事件", "keep one start event"),
    ),
    "flow.dead_end": Fault(
        Said("{element}后面什么也没有，受理单会停在那里", "nothing follows {element}: a case would stop there"),
        Said("画一条连线到下一个元素或结束事件", "draw a flow to the next element or to an end event"),
    ),
    "flow.after_end": Fault(
        Said("结束事件后面还有连线", "a flow leaves an end event"),
        Said("删除这条连线或这个结束事件", "remove the flow or the end event"),
    ),
    "flow.unreachable": Fault(
        Said("从开始事件走不到{element}", "no road leads from the start to {element}"),
        Said("连上它，或把它和后面的一起删除", "connect it, or remove it with what follows"),
    ),
    "flow.no_end": Fault(
        Said("从{element}走不到任何结束事件", "no road from {element} to an end event"),
        Said("画一条通到结束事件的路", "draw a way to an end event"),
    ),
    "flow.fork": Fault(
        Said("有 {count} 条连线离开{element}", "{count} flows leave {element}"),
        Said("只让一条连线离开，再用网关分开", "let one flow leave and split it with a gateway"),
    ),
    "flow.condition": Fault(
        Said("这个条件永远不会被问到", "this condition is never asked"),
        Said("删除条件，或用网关分开", "remove it, or split with a gateway"),
    ),
    "gateway.default": Fault(
        Said(
            "{element}没有默认连线：所有条件都不成立时受理单会停住",
            "{element} has no default flow: a case would stop when no condition is true",
        ),
        Said("把其中一条设为默认连线", "make one of its flows the default flow"),
    ),
    "gateway.condition": Fault(
        Said(
            "去{target}的连线没有条件，又不是默认连线", "the flow to {target} has no condition and is not the default"
        ),
        Said("给它一个条件", "give it a condition"),
    ),
    "gateway.events": Fault(
        Said("{gateway}通到{target}，它不是捕获事件", "{gateway} leads to {target}, which is no catching event"),
        Said("在那里放一个消息或定时事件", "put a message or timer event there"),
    ),
    "gateway.timers": Fault(
        Said(
            "{gateway}等两个时间相同的定时器，哪一个先到全凭偶然",
            "{gateway} waits for two timers with the same time: which comes first would be chance",
        ),
        Said("给它们不同的时间，或只留一个", "give them different times, or keep one"),
    ),
    "loop.no_wait": Fault(
        Said(
            "经过{loop}的循环什么也不等，可能永远转下去",
            "the loop through {loop} waits for nothing: it could run for ever",
        ),
        Said("在里面放一个步骤、服务任务或等待的事件", "put a user task, a service task or a waiting event into it"),
    ),
    "loop.no_gateway": Fault(
        Said("经过{loop}的循环没有网关", "the loop through {loop} has no gateway"),
        Said("让返回的连线接到一个排他网关", "let the flow that goes back meet an exclusive gateway"),
    ),
    "loop.open_branch": Fault(
        Said(
            "{step}在循环里的步骤旁边打开，每一轮都会多留下一个",
            "{step} is asked beside a step in a loop and would stay open in each round",
        ),
        Said("让事件中断任务，或让服务去通知", "make the event interrupting, or let a service tell the person"),
    ),
    "branch.stuck": Fault(
        Said(
            "{element}可能永远等不齐它的分支，受理单会停在那里",
            "{element} may wait for ever for a branch that does not come: a case would stop there",
        ),
        Said(
            "让并行网关分开的每条分支都汇合到这里，或改用排他网关汇合",
            "let every branch that a parallel gateway split come together here, or merge with an exclusive gateway",
        ),
    ),
    "branch.twice": Fault(
        Said(
            "两条分支可能先后走到{element}，后面的内容会做两遍",
            "two branches may come to {element} one after the other: what follows would be done twice",
        ),
        Said(
            "用并行网关把分支汇合，或让旁边的分支在自己的结束事件结束",
            "join the branches with a parallel gateway, or let the branch beside end in an end event of its own",
        ),
    ),
}

STEPS: dict[str, Fault] = {
    "step.duplicate": Fault(
        Said("步骤 id {step} 在 {file} 里已经用过", "the step id {step} is also used in {file}"),
        Said("换一个自己的 id", "give it an id of its own"),
    ),
    "step.lane": Fault(
        Said("{step}不在任何泳道里，不知道由谁办理", "{step} stands in no lane"),
        Said("画到一条泳道里", "draw it inside a lane"),
    ),
    "lane.role": Fault(
        Said("泳道“{name}”的 id 是 {id}，不是角色", 'the lane "{name}" has the id {id}, which is no role'),
        Said("{mend}", "{mend}"),
    ),
    "step.form/none": Fault(
        Said("{step}没有表单", "{step} has no form"), Said("设置属性 form", "set the property form")
    ),
    "step.form/unknown": Fault(Said("没有表单 {form}", "there is no form {form}"), Said("{mend}", "{mend}")),
    "step.status": Fault(
        Said("{step}没有给“我的业务”看的办理状态", "{step} has no status text for 我的业务"),
        Said("设置属性 status", "set the property status"),
    ),
    "step.property": Fault(Said("不认识属性 {name}", "unknown property {name}"), Said("{mend}", "{mend}")),
    "step.back/unknown": Fault(
        Said("back 指的不是另一个步骤：{other}", "back names no other step: {other}"), Said("{mend}", "{mend}")
    ),
    "step.back/when": Fault(
        Said("写了 backWhen，却没有 back", "backWhen without back"), Said("设置属性 back", "set the property back")
    ),
    "step.back_road": Fault(
        Said(
            "back 是 {back}，但从{step}没有路直接到那里，或要先经过别的步骤",
            "back={back}, but every road from {step} to it asks another step first or there is none",
        ),
        Said("画一条连线到步骤链的链首", "draw a flow to the head of the chain of steps"),
    ),
    "step.not_same_as": Fault(
        Said("notSameAs 指的不是另一个步骤：{other}", "notSameAs names no other step: {other}"),
        Said("{mend}", "{mend}"),
    ),
    "step.due": Fault(
        Said("{due} 不是时长", "{due} is no duration"), Said("写成 P1D 或 PT4H 这样", "write it like P1D or PT4H")
    ),
    "service.missing": Fault(
        Said("{task}没有写要请求的服务", "{task} asks for no service"),
        Said("设置 serviceTaskOperator", "set its serviceTaskOperator"),
    ),
    "service.dot": Fault(
        Said(
            "服务 {service} 的名称里没有点，引擎会把它和元素 id 弄混",
            "the service {service} has no dot; the engine would mix it up with element ids",
        ),
        Said("{mend}", "{mend}"),
    ),
    "service.unknown": Fault(Said("没有服务 {service}", "no service {service}"), Said("{mend}", "{mend}")),
    "service.parameter/unknown": Fault(
        Said("{service} 没有参数 {name}", "{service} has no parameter {name}"), Said("{mend}", "{mend}")
    ),
    "service.parameter/twice": Fault(
        Said("参数 {name} 写了两次", "{name} is given twice"), Said("只留一个", "keep one")
    ),
    "service.parameter/missing": Fault(
        Said("{service} 需要参数 {name}", "{service} needs the parameter {name}"),
        Said("在服务任务里加上它", "add it to the service task"),
    ),
    "element.property": Fault(
        Said("{element}不认识属性 {name}", "{element} knows no property {name}"),
        Said(
            "属性写在步骤、结束事件上；中间抛出事件只认识 sms",
            "properties stand on steps and end events; an intermediate throw event knows sms alone",
        ),
    ),
    "end.property": Fault(
        Said("不认识属性 {name}", "unknown property {name}"),
        Said("结束事件可以写：{known}", "an end event knows: {known}"),
    ),
    "end.afterwards": Fault(
        Said(
            "afterwards 要的 {service} 不是没有参数的服务",
            "afterwards asks for {service}, which is no service without parameters",
        ),
        Said("{mend}", "{mend}"),
    ),
    "end.retention": Fault(
        Said("没有名为“{term}”的保存期限", 'no term "{term}" for keeping'), Said("{mend}", "{mend}")
    ),
    "decision.unknown": Fault(
        Said(
            "{task}要问的决策 {decision} 不在这里", "{task} asks the decision {decision}, which is not in this bundle"
        ),
        Said("{mend}", "{mend}"),
    ),
    "decision.collects": Fault(
        Said("{decision} 给出一个列表，而事实里不能放列表", "{decision} collects a list, and facts hold no lists"),
        Said("改问命中策略为 UNIQUE、ANY 或 FIRST 的表", "ask a table with the hit policy UNIQUE, ANY or FIRST"),
    ),
    "condition": Fault(
        Said("{text}：{why}（第 {place} 个字符）", "{text}: {why} (character {place})"), Said("{mend}", "{mend}")
    ),
    "fact.path": Fault(
        Said(
            "不是每条到{place}的路上都有 {name}（它由{giver}给出），没有值时怎样也没有写明",
            "{name} is not given on every way to {place} (it comes from {giver}), "
            "and nothing says what holds without it",
        ),
        Said(
            "让给出它的步骤或服务在每条路上都在前面，或者写明没有值时怎样：{name} = null or …、{name} != null and …",
            "let what gives it come before on every way, or say what holds without it: "
            "{name} = null or …, {name} != null and …",
        ),
    ),
    "timer.text/problem": Fault(Said("“{text}”：{why}", '"{text}": {why}'), Said("{mend}", "{mend}")),
    "timer.text/kind": Fault(
        Said("{time} 和定时器的种类不符", "{time} does not fit the timer's kind"),
        Said(
            "按内容选定时器的种类：P1D 这样的时长，或带时间的日期",
            "choose the timer's kind after its text: a duration like P1D, or a date with its time",
        ),
    ),
    "event.message": Fault(
        Said("{event}没有写等什么消息", "{event} waits for no message"),
        Said("选一个有名称的消息", "choose a message with a name"),
    ),
    "event.error/code": Fault(
        Said("{event}没有错误代码", "{event} has no error code"),
        Said("选一个有代码的错误", "choose an error with a code"),
    ),
    "event.error/interrupting": Fault(
        Said("错误总是中断它的任务", "an error always interrupts its task"),
        Said("把事件设为中断", "make the event interrupting"),
    ),
    "end.name": Fault(
        Said("业务的一个结束事件没有名称", "an end of the business has no name"),
        Said("用最后的办理状态给它命名", "name it after the final status"),
    ),
}

FAULTS = Faults({**FLOWS, **STEPS})
