"""The allow-list: what a diagram may hold. What is not listed is refused, not ignored."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.diagrams.faults import FAULTS
from engine.diagrams.names import BPMN, BPMNDI, DC, DI, SPIFF, local, space
from engine.feel.findings import Finding, first
from engine.feel.said import Said, Words

TASKS = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"})
NODES = TASKS | GATEWAYS | EVENTS
_FRAME = frozenset({
    "definitions", "collaboration", "participant", "process", "laneSet", "lane", "flowNodeRef", "sequenceFlow",
    "conditionExpression", "incoming", "outgoing", "documentation", "extensionElements", "textAnnotation", "text",
    "association", "message", "error", "messageEventDefinition", "timerEventDefinition", "errorEventDefinition",
    "terminateEventDefinition", "timeDuration", "timeDate",
})  # fmt: skip
_EXTENSIONS = frozenset(
    {"properties", "property", "serviceTaskOperator", "parameters", "parameter", "calledDecisionId"}
)
_DEFINITIONS: dict[str, frozenset[str]] = {
    "startEvent": frozenset(),
    "endEvent": frozenset({"errorEventDefinition", "terminateEventDefinition"}),
    "boundaryEvent": frozenset({"messageEventDefinition", "timerEventDefinition", "errorEventDefinition"}),
    "intermediateCatchEvent": frozenset({"messageEventDefinition", "timerEventDefinition"}),
    "intermediateThrowEvent": frozenset(),
}
_SCRIPT = Said("脚本会被当作 Python 运行", "a script would be run as Python")
_DATA = Said("数据放在受理单的事实里", "data lives in the case's facts")
_UNLISTED = Said("它不在可用元素之列", "it is not on the list of elements")
_IGNORED = Said("引擎会不声不响地忽略它", "the engine would silently ignore it")
_WHY = {
    "scriptTask": _SCRIPT,
    "preScript": _SCRIPT,
    "postScript": _SCRIPT,
    "script": _SCRIPT,
    "complexGateway": Said("引擎没有实现它", "the engine does not implement it"),
    "inclusiveGateway": Said("它的汇合会等永远不来的分支", "its join waits for branches that may never come"),
    "dataStore": _DATA,
    "dataObject": _DATA,
    "adHocSubProcess": Said("其中的步骤没有可以检查的次序", "its steps have no order that could be checked"),
    "transaction": Said("没有什么可以补偿", "there is nothing to compensate"),
    "multiInstanceLoopCharacteristics": Said("事实里不能放列表", "facts hold no lists"),
    "standardLoopCharacteristics": Said("循环用网关画出来", "a loop is drawn with a gateway"),
    "manualTask": Said("没有人会看到它：只有用户任务有页面", "nobody would see it: only user tasks have pages"),
    "timeCycle": Said("定时器只触发一次，循环要画出来", "a timer fires once; draw a loop"),
    "childLaneSet": Said("一个步骤只有一个角色", "a step has one role"),
}
_SWITCHES = ("cancelActivity", "triggeredByEvent")
_UNRUN = {
    "isForCompensation": ("true", "1"),
    "parallelMultiple": ("true", "1"),
    "instantiate": ("true", "1"),
    "eventGatewayType": ("Parallel",),
}
_COUNTS = ("startQuantity", "completionQuantity")
_REMOVE = Said("删除它", "remove it")
_NO_SCRIPT = Said("删除它，或用服务任务", "remove it, or use a service task")
_EXCLUSIVE = Said("用排他网关", "use exclusive gateways")
_MEND = {
    "scriptTask": Said("用服务任务", "use a service task"),
    "preScript": _NO_SCRIPT,
    "postScript": _NO_SCRIPT,
    "manualTask": Said("用用户任务", "use a user task"),
    "inclusiveGateway": _EXCLUSIVE,
    "complexGateway": _EXCLUSIVE,
}


def check_elements(file: str, root: etree._Element) -> list[Finding]:
    """Every element, event and attribute of the document that Kaihu does not run."""
    return first(finding for element in root.iter() for finding in _check(file, element))


def _check(file: str, element: etree._Element) -> Iterator[Finding]:
    if not _listed(element):
        yield _refused(file, element)
    elif space(element) == BPMN:
        yield from _check_attributes(file, element)
        if local(element) in EVENTS:
            yield from _check_event(file, element)
        if local(element) == "subProcess" and element.get("triggeredByEvent") == "true":
            yield _finding(file, element, "bpmn.event_subprocess")


def _listed(element: etree._Element) -> bool:
    name = local(element)
    if space(element) == BPMN:
        return name in _FRAME or name in NODES
    if space(element) == SPIFF:
        return name in _EXTENSIONS
    return space(element) in (BPMNDI, DC, DI) or _inside_di_extension(element)


def _inside_di_extension(element: etree._Element) -> bool:
    """Colours that modelers hang under shapes mean nothing to the engine."""
    return any(space(parent) == BPMNDI for parent in element.iterancestors())


def _refused(file: str, element: etree._Element) -> Finding:
    name = local(element)
    foreign = space(element) not in (BPMN, SPIFF)
    why = _IGNORED if foreign else _WHY.get(name, _UNLISTED)
    return _finding(file, element, "bpmn.element", name=name, why=why, mend=_MEND.get(name, _REMOVE))


def _check_attributes(file: str, element: etree._Element) -> Iterator[Finding]:
    """Another engine's attributes on a step look as if they did something."""
    if local(element) == "definitions":
        return
    for key in map(str, element.attrib):
        owner = etree.QName(key).namespace
        if owner and not owner.startswith("http://www.w3.org/"):
            yield _finding(file, element, "bpmn.attribute/foreign", name=etree.QName(key).localname)
    yield from (_finding(file, element, "bpmn.attribute/unrun", name=name) for name in _unrun(element))
    for name in _SWITCHES:  # the schema lets 1 and blanks pass, which the engine reads as the opposite
        if element.get(name) not in (None, "true", "false"):
            yield _finding(file, element, "bpmn.attribute/boolean", name=name)


def _unrun(element: etree._Element) -> list[str]:
    """The attributes of BPMN whose value would change what happens, and does not."""
    found = [name for name, values in _UNRUN.items() if element.get(name, "").strip() in values]
    return found + [name for name in _COUNTS if element.get(name, "1").strip() != "1"]


def _check_event(file: str, element: etree._Element) -> Iterator[Finding]:
    kinds = [local(child) for child in element if local(child).endswith("EventDefinition")]
    for kind in kinds:
        if kind not in _DEFINITIONS[local(element)]:
            yield _finding(file, element, "bpmn.event/kind", element=local(element), kind=kind)
    if len(kinds) > 1:
        yield _finding(file, element, "bpmn.event/two")
    if not kinds and local(element) in ("boundaryEvent", "intermediateCatchEvent"):
        yield _finding(file, element, "bpmn.event/nothing")


def _finding(file: str, where: etree._Element, fault: str, /, **what: Words) -> Finding:
    return FAULTS.found(fault, file, _owner_id(where), where.sourceline, **what)


def _owner_id(element: etree._Element) -> str | None:
    """The id of the element or of the nearest one around it that has an id."""
    return next((parent.get("id") for parent in (element, *element.iterancestors()) if parent.get("id")), None)
