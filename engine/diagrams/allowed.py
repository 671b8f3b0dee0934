"""The allow-list: what a diagram may hold. What is not listed is refused, not ignored."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.diagrams.names import BPMN, BPMNDI, DC, DI, SPIFF, local, space
from engine.feel.findings import Finding

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
_WHY = {
    "scriptTask": "a script would be run as Python",
    "preScript": "a script would be run as Python",
    "postScript": "a script would be run as Python",
    "script": "a script would be run as Python",
    "complexGateway": "the engine does not implement it",
    "inclusiveGateway": "its join waits for branches that may never come",
    "dataStore": "data lives in the case's facts",
    "dataObject": "data lives in the case's facts",
    "adHocSubProcess": "its steps have no order that could be checked",
    "transaction": "there is nothing to compensate",
    "multiInstanceLoopCharacteristics": "facts hold no lists",
    "standardLoopCharacteristics": "a loop is drawn with a gateway",
    "manualTask": "nobody would see it: only user tasks have pages",
    "timeCycle": "a timer fires once; draw a loop",
    "childLaneSet": "a step has one role",
}
_MEND = {
    "scriptTask": "use a service task",
    "preScript": "remove it, or use a service task",
    "postScript": "remove it, or use a service task",
    "manualTask": "use a user task",
    "inclusiveGateway": "use exclusive gateways",
    "complexGateway": "use exclusive gateways",
}


def check_elements(file: str, root: etree._Element) -> list[Finding]:
    """Every element, event and attribute of the document that Kaihu does not run."""
    return [finding for element in root.iter() for finding in _check(file, element)]


def _check(file: str, element: etree._Element) -> Iterator[Finding]:
    if not _listed(element):
        yield _refused(file, element)
    elif space(element) == BPMN:
        yield from _check_attributes(file, element)
        if local(element) in EVENTS:
            yield from _check_event(file, element)
        if local(element) == "subProcess" and element.get("triggeredByEvent") == "true":
            why = "an event sub-process never interrupts and changes the shared spec"
            yield _finding(file, element, "bpmn.event_subprocess", why, "draw a boundary event on a call activity")


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
    why = "the engine would silently ignore it" if foreign else _WHY.get(name, "it is not on the list of elements")
    return _finding(file, element, "bpmn.element", f"<{name}> is not run: {why}", _MEND.get(name, "remove it"))


def _check_attributes(file: str, element: etree._Element) -> Iterator[Finding]:
    """Another engine's attributes on a step look as if they did something."""
    if local(element) == "definitions":
        return
    for key in map(str, element.attrib):
        owner = etree.QName(key).namespace
        if owner and not owner.startswith("http://www.w3.org/"):
            why = f"the attribute {etree.QName(key).localname} belongs to another engine and would be ignored"
            yield _finding(file, element, "bpmn.attribute", why, "say it with spiffworkflow:properties")
    if element.get("isForCompensation") == "true" or element.get("parallelMultiple") == "true":
        yield _finding(file, element, "bpmn.attribute", "compensation and parallel events are not run", "remove it")


def _check_event(file: str, element: etree._Element) -> Iterator[Finding]:
    kinds = [local(child) for child in element if local(child).endswith("EventDefinition")]
    for kind in kinds:
        if kind not in _DEFINITIONS[local(element)]:
            why = f"a {local(element)} with {kind} is not run"
            yield _finding(file, element, "bpmn.event", why, "use a message, timer or error event where it may stand")
    if len(kinds) > 1:
        yield _finding(file, element, "bpmn.event", "an event waits for one thing", "draw one event for each")
    if not kinds and local(element) in ("boundaryEvent", "intermediateCatchEvent"):
        yield _finding(file, element, "bpmn.event", "the event waits for nothing", "give it a message or a timer")


def _finding(file: str, element: etree._Element, rule: str, why: str, mend: str) -> Finding:
    return Finding(rule, file, _owner_id(element), element.sourceline, why, mend)


def _owner_id(element: etree._Element) -> str | None:
    """The id of the element or of the nearest one around it that has an id."""
    return next((parent.get("id") for parent in (element, *element.iterancestors()) if parent.get("id")), None)
