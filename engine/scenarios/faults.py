"""Why a scenario does not hold, in both languages."""

from __future__ import annotations

from engine.feel.findings import Fault, Faults
from engine.feel.said import Said

_BOTH = Said("改正场景，或改正流程", "mend the scenario, or the flow")
_VALUE = Said("改正这一行的值", "mend the value on this line")
_SPLIT = Said("拆成几个较短的场景", "split it into several shorter ones")
_IS = "，实际是{found}"

FAULTS = Faults(
    {
        "scenario.play/boolean": Fault(Said("{name} 只能写 true 或 false", "{name} is true or false"), _VALUE),
        "scenario.play/number": Fault(Said("{name} 应该是整数", "{name} is a whole number"), _VALUE),
        "scenario.play/text": Fault(Said("{name} 应该是一段文字", "{name} is a text"), _VALUE),
        "scenario.play/step": Fault(
            Said("应该能做步骤 {name}，而现在{found}", "expected the step {name} to be open, but {found}"), _BOTH
        ),
        "scenario.play/back": Fault(
            Said("应该能从 {name} 返回上一步，而现在{found}", "expected to go back from {name}, but {found}"), _BOTH
        ),
        "scenario.play/form": Fault(
            Said("步骤 {step} 的表单不接受 {name}：{why}", "the form of {step} does not take {name}: {why}"),
            Said(
                "在这一步写上能通过的值（字段名: 值）", "write a value for it beside the step, by field or fact: value"
            ),
        ),
        "scenario.play/refused": Fault(Said("步骤 {name} 没有被接受：{why}", "{name} was not accepted: {why}"), _BOTH),
        "scenario.play/message": Fault(
            Said("应该能收到消息 {name}，而现在{found}", "expected the message {name} to be taken, but {found}"), _BOTH
        ),
        "scenario.play/timer": Fault(
            Said("应该等着定时器 {name}，而现在{found}", "expected the timer {name} to wait, but {found}"), _BOTH
        ),
        "scenario.play/fails": Fault(
            Said("应该等着服务 {name}，而现在{found}", "expected the service task {name} to wait, but {found}"), _BOTH
        ),
        "scenario.play/answer": Fault(
            Said("服务 {name} 在等结果，given 里没有写", "the service {name} is asked, and given says no answer"),
            Said("在 given 的 services 里写上 {name} 的结果", "write its answers in the services of given"),
        ),
        "scenario.play/rest": Fault(
            Said("服务问了 {most} 次还没有停下来", "the services were asked {most} times and never came to rest"),
            Said("给服务写上能往下走的结果", "let a service answer what leads on"),
        ),
        "scenario.play/long": Fault(
            Said("场景走了超过 {most} 步", "the scenario takes more than {most} moves"), _SPLIT
        ),
        "scenario.play/time": Fault(
            Said("场景走了超过 {most} 秒", "the scenario takes more than {most} seconds"), _SPLIT
        ),
        "scenario.play/engine": Fault(
            Said("流程走不下去：{why}", "the flow cannot go on: {why}"),
            Said("检查这一步前后的连线和条件", "look at the flows and conditions around this place"),
        ),
        "scenario.play/end": Fault(Said("应该在 {name} 结束" + _IS, "expected the end {name}, but {found}"), _BOTH),
        "scenario.play/status": Fault(
            Said("办理状态应该是“{name}”" + _IS, 'expected the status "{name}", but it is {found}'), _BOTH
        ),
        "scenario.play/open": Fault(Said("应该打开着 {name}" + _IS, "expected {name} to be open, but {found}"), _BOTH),
        "scenario.play/role": Fault(
            Said("步骤 {name} 应该由 {role} 做" + _IS, "expected {name} to be done by {role}, but it is {found}"), _BOTH
        ),
        "scenario.play/path": Fault(
            Said("应该接着经过 {name}，而{found}", "expected to pass {name} next, but {found}"), _BOTH
        ),
        "scenario.play/fact": Fault(
            Said("事实 {name} 应该是 {value}" + _IS, "expected {name} to be {value}, but it is {found}"), _BOTH
        ),
        "scenario.play/texts": Fault(
            Said("应该依次发出通知 {name}" + _IS, "expected the notices {name}, but it is {found}"), _BOTH
        ),
    }
)

OPEN = Said("打开着 {names}", "{names} is open")
WAITS = Said("等着服务 {names}", "it waits for {names}")
ENDED = Said("已经结束（{names}）", "it has ended ({names})")
NOWHERE = Said("没有打开的步骤", "no step is open")
PASSED = Said("之后没有经过它（经过了 {names}）", "it was not passed after that (passed: {names})")
NOTHING = Said("没有", "none")
EMPTY = Said("空", "null")
"""What is, instead of what was expected."""
