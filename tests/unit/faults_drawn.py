"""What may be wrong with a diagram: one change to the sound business for each fault, and what its line says."""

from __future__ import annotations

from tests.unit.tea import CHECK, HANDLING, PROCESS, boundary, flow, service_task, timer, user_task

Row = tuple[str, str, str, str, str | None]
"""The fault, the file, what is replaced by what there, and a piece of the line that the finding names."""

ABANDON = '<messageEventDefinition messageRef="abandon"/>'
CHECKING = '<process id="leaf_check"'
CAMUNDA = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
LEAF = '<spiffworkflow:serviceTaskOperator id="leaf.check">'
CHECK_END = '<endEvent id="end"/>'
DONE = "</extensionElements></serviceTask>"
TASTE_TO_END = flow("tasted", "end")
CHECK_LEAF = service_task("check_leaf", "leaf.check", slots='"black,green"')
STIR = user_task("stir", "订茶", form="tea/order", status="待订茶")
SLOTS = "<spiffworkflow:parameter id='slots' type='str' value='\"black,green\"'/>"
LATE = boundary("late", "taste", timer("PT1H"), interrupting=False)
AFTERWARDS = (
    '<endEvent id="done" name="喝完了"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="{}"'
    ' value="{}"/></spiffworkflow:properties></extensionElements></endEvent>'
)
NAMED = (
    '<{0} id="x"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="{1}" value="idle_warning"/>'
    "</spiffworkflow:properties></extensionElements></{0}>"
)
TWO = '<intermediateThrowEvent id="a"/><intermediateThrowEvent id="b"/>'
APART = flow("handling", "split") + flow("split", "a") + flow("a", "meet") + flow("b", "meet") + flow("meet", "done")


def split(kind: str, how: str, meet: str, second: str) -> str:
    """Two ways after the handling, split and brought together by gateways of these kinds."""
    return f'<{kind} id="split"{how}/><{meet} id="meet"/>' + TWO + APART + second


ELEMENTS: list[Row] = [
    ("bpmn.element", CHECK, CHECK_END, '<scriptTask id="x"><script>1</script></scriptTask>' + CHECK_END,
     "<scriptTask"),
    ("bpmn.element", CHECK, LEAF, "<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>" + LEAF, "preScript"),
    ("bpmn.element", CHECK, LEAF, "<spiffworkflow:postScript>x = 1</spiffworkflow:postScript>" + LEAF, "postScript"),
    ("bpmn.element", CHECK, CHECK_END, '<complexGateway id="x"/>' + CHECK_END, "complexGateway"),
    ("bpmn.element", CHECK, CHECK_END, '<inclusiveGateway id="x"/>' + CHECK_END, "inclusiveGateway"),
    ("bpmn.element", CHECK, CHECK_END, '<manualTask id="x"/>' + CHECK_END, "manualTask"),
    ("bpmn.element", CHECK, CHECK_END, '<task id="x"/>' + CHECK_END, '<task id="x"'),
    ("bpmn.element", CHECK, CHECK_END, '<sendTask id="x"/>' + CHECK_END, "sendTask"),
    ("bpmn.element", CHECK, CHECK_END, '<receiveTask id="x"/>' + CHECK_END, "receiveTask"),
    ("bpmn.element", CHECK, CHECK_END, '<adHocSubProcess id="x"/>' + CHECK_END, "adHocSubProcess"),
    ("bpmn.element", CHECK, CHECK_END, '<transaction id="x"/>' + CHECK_END, "transaction"),
    ("bpmn.element", CHECK, CHECK_END, '<dataObject id="x"/>' + CHECK_END, "dataObject"),
    ("bpmn.element", CHECK, CHECK_END, '<dataStoreReference id="x"/>' + CHECK_END, "dataStoreReference"),
    ("bpmn.element", CHECK, CHECKING, '<dataStore id="x" name="x"/>' + CHECKING, "dataStore"),
    ("bpmn.element", CHECK, CHECKING, '<signal id="x"/>' + CHECKING, "signal"),
    ("bpmn.element", CHECK, CHECKING, '<import importType="x" location="x" namespace="x"/>' + CHECKING, "<import"),
    ("bpmn.element", CHECK, DONE, "</extensionElements><multiInstanceLoopCharacteristics/></serviceTask>", "multi"),
    ("bpmn.element", CHECK, DONE, "</extensionElements><standardLoopCharacteristics/></serviceTask>", "standardLoop"),
    ("bpmn.element", CHECK, DONE, "</extensionElements><ioSpecification/></serviceTask>", "ioSpecification"),
    ("bpmn.element", HANDLING, "<flowNodeRef>sign</flowNodeRef></lane>",
     "<flowNodeRef>sign</flowNodeRef><childLaneSet/></lane>", "childLaneSet"),
    ("bpmn.element", CHECK, LEAF, f"<c:taskListener {CAMUNDA}/>" + LEAF, "taskListener"),
    ("bpmn.element", PROCESS, ABANDON, "<conditionalEventDefinition/>", "conditionalEventDefinition"),
    ("bpmn.element", PROCESS, "<timeDuration", "<timeCycle>R/PT1H</timeCycle><timeDuration", "timeCycle"),
    ("bpmn.attribute/foreign", HANDLING, '<userTask id="order"', f'<userTask {CAMUNDA} c:assignee="me" id="order"',
     "assignee"),
    ("bpmn.attribute/unrun", CHECK, '<serviceTask id="check_leaf"',
     '<serviceTask isForCompensation="true" id="check_leaf"', "isForCompensation"),
    ("bpmn.attribute/unrun", CHECK, '<serviceTask id="check_leaf"', '<serviceTask startQuantity="2" id="check_leaf"',
     "startQuantity"),
    ("bpmn.attribute/unrun", CHECK, CHECK_END,
     '<eventBasedGateway id="x" instantiate="true" eventGatewayType="Parallel"/>' + CHECK_END, "eventGatewayType"),
    ("bpmn.attribute/boolean", PROCESS, 'cancelActivity="true"', 'cancelActivity="1"', 'cancelActivity="1"'),
    ("bpmn.attribute/boolean", CHECK, CHECK_END, '<subProcess id="x" triggeredByEvent=" true"/>' + CHECK_END,
     "triggered"),
    ("bpmn.event_subprocess", CHECK, CHECK_END, '<subProcess id="x" triggeredByEvent="true"/>' + CHECK_END,
     "triggered"),
    ("bpmn.event/kind", CHECK, '<startEvent id="start"/>',
     '<startEvent id="start"><messageEventDefinition/></startEvent>', '<startEvent id="start"'),
    ("bpmn.event/kind", CHECK, CHECK_END, '<endEvent id="end"><messageEventDefinition/></endEvent>', "<endEvent"),
    ("bpmn.event/nothing", PROCESS, ABANDON, "", 'id="leave"'),
    ("bpmn.event/two", PROCESS, ABANDON, ABANDON + "<errorEventDefinition/>", 'id="leave"'),
    ("bpmn.schema", PROCESS, '<callActivity id="handling"', '<callActivity id="start"', '<callActivity id="start"'),
    ("bpmn.schema", PROCESS, '<callActivity id="handling"', '<callActivity colour="red" id="handling"', "colour"),
    ("bpmn.schema", PROCESS, 'id="handling"', 'id="two words"', "two words"),
    ("bpmn.engine", PROCESS, 'isExecutable="true"', 'isExecutable="false"', None),
    # the diagrams as a whole
    ("bpmn.id", HANDLING, '<exclusiveGateway id="head"/>', "<exclusiveGateway/>", "<exclusiveGateway/>"),
    ("process.duplicate", CHECK, 'process id="unused"', 'process id="tea"', 'process id="tea"'),
    ("flow.dangling", HANDLING, 'targetRef="taste"', 'targetRef="tast"', 'targetRef="tast"'),
    ("boundary.dangling", PROCESS, 'attachedToRef="handling"', 'attachedToRef="start"', 'attachedToRef="start"'),
    ("call.missing", HANDLING, 'calledElement="leaf_check"', 'calledElement="leaf_chek"', "leaf_chek"),
    ("call.recursive", CHECK, CHECK_LEAF,
     '<callActivity id="check_leaf" name="查茶" calledElement="tea_handling"/>', 'calledElement="tea_handling"'),
]  # fmt: skip

FLOWS: list[Row] = [
    ("flow.start/many", HANDLING, '<startEvent id="start"/>', '<startEvent id="start"/><startEvent id="second"/>',
     'id="second"'),
    ("flow.start/none", PROCESS, '<startEvent id="start"/>', '<intermediateThrowEvent id="start"/>',
     "intermediateThrow"),
    ("flow.dead_end", HANDLING, flow("taste", "tasted"), "", '<userTask id="taste"'),
    ("flow.after_end", HANDLING, "</process>", flow("end", "head") + "</process>", '<endEvent id="end"'),
    ("flow.unreachable", HANDLING, flow("taste_open", "taste"), flow("taste_open", "tasted"), '<userTask id="taste"'),
    ("flow.no_end", HANDLING, TASTE_TO_END, flow("tasted", "head").replace('"tasted__head"', '"tasted__end"'),
     '<startEvent id="start"'),
    ("flow.fork", PROCESS, "</process>", flow("start", "done") + "</process>", '<startEvent id="start"'),
    ("flow.condition", HANDLING, TASTE_TO_END, flow("tasted", "end", "back"), 'id="tasted__end"'),
    ("flow.condition", HANDLING, flow("start", "head"), flow("start", "head", "back"), 'id="start__head"'),
    ("gateway.default", HANDLING, ' default="tasted__end"', "", '<exclusiveGateway id="tasted"'),
    ("gateway.condition", HANDLING, flow("order_open", "order", "todo.order"), flow("order_open", "order"),
     'id="order_open__order"'),
    ("gateway.events", CHECK, '<exclusiveGateway id="check_open" default="check_open__end"/>',
     '<eventBasedGateway id="check_open"/>', '<serviceTask id="check_leaf"'),
    ("gateway.timers", PROCESS, flow("handling", "done"),
     flow("handling", "either") + '<eventBasedGateway id="either"/>'
     + "".join(f'<intermediateCatchEvent id="{each}">{timer("P1D")}</intermediateCatchEvent>' for each in "ab")
     + flow("either", "a") + flow("either", "b") + flow("a", "done") + flow("b", "done"), "eventBasedGateway"),
    # branches
    ("branch.stuck", PROCESS, flow("handling", "done"),
     split("exclusiveGateway", ' default="split__a"', "parallelGateway", flow("split", "b", "leaf.verdict = null")),
     '<parallelGateway id="meet"'),
    ("branch.twice", PROCESS, flow("handling", "done"),
     split("parallelGateway", "", "exclusiveGateway", flow("split", "b")), '<endEvent id="done"'),
    # loops
    ("loop.no_wait", HANDLING, flow("order_open", "check") + flow("order", "check"),
     flow("order_open", "head").replace('id="order_open__head"', 'id="order_open__check"') + flow("order", "check"),
     '<exclusiveGateway id="head"'),
    ("loop.no_gateway", HANDLING, flow("taste", "tasted"), flow("taste", "stir") + flow("stir", "taste") + STIR,
     '<userTask id="taste"'),
    ("branch.stuck", HANDLING, '<exclusiveGateway id="head"/>', '<parallelGateway id="head"/>', "parallelGateway"),
    ("loop.open_branch", HANDLING, "</process>",
     LATE + STIR + '<endEvent id="stirred"/>' + flow("late", "stir") + flow("stir", "stirred") + "</process>",
     '<userTask id="stir"'),
]  # fmt: skip

STEPS: list[Row] = [
    ("step.duplicate", CHECK, CHECK_LEAF, STIR.replace("stir", "order") + CHECK_LEAF, '<userTask id="order"'),
    ("step.lane", HANDLING, "<flowNodeRef>taste</flowNodeRef>", "", '<userTask id="taste"'),
    ("lane.role", HANDLING, 'lane id="reviewer"', 'lane id="reviewers"', 'lane id="reviewers"'),
    ("step.form/unknown", HANDLING, 'name="form" value="tea/taste"', 'name="form" value="tea/tast"', "tea/tast"),
    ("step.form/none", HANDLING, '<spiffworkflow:property name="form" value="tea/taste"/>', "",
     '<userTask id="taste"'),
    ("step.status", HANDLING, '<spiffworkflow:property name="status" value="待品茶"/>', "", '<userTask id="taste"'),
    ("step.status", HANDLING, 'name="status" value="待品茶"', 'name="status" value=" "', 'name="status" value=" "'),
    ("step.property", HANDLING, 'name="statusClaimed"', 'name="statusClaimd"', "statusClaimd"),
    ("step.back/unknown", HANDLING, 'name="back" value="order"', 'name="back" value="ordr"', 'value="ordr"'),
    ("step.back/unknown", HANDLING, 'name="back" value="order"', 'name="back" value="sign"', 'value="sign"'),
    ("step.back/when", HANDLING, '<spiffworkflow:property name="back" value="order"/>', "", "backWhen"),
    ("step.not_same_as", HANDLING, 'name="notSameAs" value="order"', 'name="notSameAs" value="ordr"', 'value="ordr"'),
    ("step.back_road", HANDLING, flow("signed", "head", "back"), flow("signed", "end", "back"), 'name="back"'),
    ("step.due", HANDLING, 'name="due" value="P1D"', 'name="due" value="1 day"', "1 day"),
    # services, decisions and what is done at the end
    ("service.missing", CHECK, CHECK_LEAF, '<serviceTask id="check_leaf"/>', '<serviceTask id="check_leaf"'),
    ("service.dot", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf_check"', 'Operator id="leaf_check"'),
    ("service.unknown", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf.chek"', "leaf.chek"),
    ("service.unknown", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf.draft"', "leaf.draft"),
    ("service.parameter/unknown", CHECK, "parameter id='slots'", "parameter id='slot'", "id='slot'"),
    ("service.parameter/twice", CHECK, SLOTS, SLOTS + SLOTS.replace("black", "red"), "red"),
    ("service.parameter/missing", CHECK, SLOTS, "", "serviceTaskOperator"),
    ("element.property", CHECK, CHECK_END, NAMED.format("parallelGateway", "sms") + CHECK_END, 'name="sms"'),
    ("element.property", CHECK, CHECK_END, NAMED.format("intermediateThrowEvent", "notice") + CHECK_END,
     'name="notice"'),
    ("end.property", PROCESS, '<endEvent id="done" name="喝完了"/>', AFTERWARDS.format("afterward", "leaf.check"),
     'name="afterward"'),
    ("end.afterwards", PROCESS, '<endEvent id="done" name="喝完了"/>', AFTERWARDS.format("afterwards", "leaf.check"),
     'value="leaf.check"'),
    ("end.retention", PROCESS, '<endEvent id="done" name="喝完了"/>', AFTERWARDS.format("retention", "given"),
     'value="given"'),
    ("decision.unknown", CHECK, CHECK_LEAF, '<businessRuleTask id="check_leaf"/>', "businessRuleTask"),
    ("decision.collects", CHECK, CHECK_LEAF,
     '<businessRuleTask id="check_leaf"><extensionElements><spiffworkflow:calledDecisionId>tea_repeats'
     "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>", "businessRuleTask"),
    # the condition language
    ("condition", HANDLING, ">todo.order<", ">todo.oder<", "todo.oder"),
    ("condition", HANDLING, 'taste.decision = "reject"', "taste.decision = ", "taste.decision ="),
    ("condition", HANDLING, "not(again.sign)", "again.nobody", "again.nobody"),
    ("condition", CHECK, "value='\"black,green\"'", "value='black'", "value='black'"),
    ("condition", CHECK, "value='\"black,green\"'", "value=''", "value=''"),
    ("fact.path", CHECK, "leaf.verdict = null or ", "", "leaf.verdict"),
    ("timer.text/problem", PROCESS, ">settings.idle_limit<", ">settings.idle<", "timeDuration"),
    ("timer.text/problem", PROCESS, ">settings.idle_limit<", ">PT1<", "PT1"),
    ("timer.text/problem", PROCESS, ">settings.idle_limit<", ">P1Y2D<", "P1Y2D"),
    ("timer.text/problem", PROCESS, ">settings.idle_limit<", "><", "timeDuration"),
    ("timer.text/kind", PROCESS, timer("settings.idle_limit"), timer("P1D", "timeDate"), "timeDate"),
    ("timer.text/kind", PROCESS, timer("settings.idle_limit"), timer("2026-01-31T09:00:00+08:00"), "2026-01-31"),
    # events
    ("event.message", PROCESS, '<message id="abandon" name="abandon"/>', '<message id="abandon"/>', 'id="leave"'),
    ("event.error/code", PROCESS, ABANDON, "<errorEventDefinition/>", 'id="leave"'),
    ("event.error/interrupting", PROCESS, timer("settings.idle_warning"), "<errorEventDefinition/>", 'id="warn"'),
    ("end.name", PROCESS, '<endEvent id="done" name="喝完了"/>', '<endEvent id="done"/>', '<endEvent id="done"'),
    # texts
    ("text.english/text", HANDLING, 'name="订茶"', 'name="订一壶好茶"', "订一壶好茶"),
    ("text.english/text", HANDLING, 'value="品茶中"', 'value="正在品茶"', "正在品茶"),
]  # fmt: skip

DRAWN = ELEMENTS + FLOWS + STEPS
