"""What an element calls, changed in words: a service with its parameters, a decision, a process, a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from engine.diagrams.names import BPMNDI, SPIFF, bpmn, local, spiff
from engine.diagrams.retouching import extensions_of, take_out
from engine.diagrams.typed import in_one_line, typed

SERVICE, DECISION, CALLED, MESSAGE = "service", "decision", "called", "message"
_PARAMETER = "parameter-"
_OPERATOR, _PARAMETERS, _LIST = spiff("serviceTaskOperator"), spiff("parameters"), spiff("parameter")
_DECISION = f"{bpmn('extensionElements')}/{spiff('calledDecisionId')}"
_AS_OURS = {"spiffworkflow": SPIFF}
Params = Mapping[str, Sequence[str]]


def parameter_key(name: str) -> str:
    """What the parameter of this name goes by in what is said."""
    return f"{_PARAMETER}{name}"


def parameter_of(key: str) -> str:
    """The name of the parameter; empty for what is said of something else."""
    return key.removeprefix(_PARAMETER) if key.startswith(_PARAMETER) else ""


def calls_of(element: etree._Element) -> dict[str, str]:
    """What it says now, of what it calls."""
    return dict(_calls(element))


def recall(element: etree._Element, said: Mapping[str, str], params: Params) -> None:
    """Let it call this; `params` are those that each service asks for. What says so already is not touched."""
    before = calls_of(element)
    for key, write in ((CALLED, _call), (DECISION, _decide), (MESSAGE, _wait_for)):
        if key in said and said[key] != before.get(key):
            write(element, said[key])
    for key, value in said.items():
        if parameter_of(key) and key in before and value != before[key]:
            _parameters(element)[parameter_of(key)].set("value", value)
    if SERVICE in said and said[SERVICE] != before.get(SERVICE):
        _serve(element, said[SERVICE], params.get(said[SERVICE], ()))


def _calls(element: etree._Element) -> Iterator[tuple[str, str]]:
    kind = local(element)
    if kind == "callActivity":
        yield CALLED, in_one_line(element.get("calledElement"))
    if kind == "businessRuleTask":
        yield DECISION, in_one_line(element.findtext(_DECISION))
    if kind == "serviceTask":
        operator = _operator(element)
        yield SERVICE, "" if operator is None else in_one_line(operator.get("id"))
        for name, parameter in _parameters(element).items():
            yield parameter_key(name), typed(parameter.get("value"))
    if _reference(element) is not None:
        yield MESSAGE, in_one_line(_named(element).get("name"))


def _operator(element: etree._Element) -> etree._Element | None:
    return element.find(f"{bpmn('extensionElements')}/{_OPERATOR}")


def _parameters(element: etree._Element) -> dict[str, etree._Element]:
    path = f"{bpmn('extensionElements')}/{_OPERATOR}/{_PARAMETERS}/{_LIST}"
    return {item.get("id", ""): item for item in element.iterfind(path)}


def _call(element: etree._Element, process: str) -> None:
    if process:
        element.set("calledElement", process)
    else:
        element.attrib.pop("calledElement", None)


def _decide(element: etree._Element, decision: str) -> None:
    found = element.find(_DECISION)
    if found is not None and not decision:
        take_out(found)
    elif found is None:
        found = etree.SubElement(extensions_of(element), spiff("calledDecisionId"), nsmap=_AS_OURS)
    if found is not None:
        found.text = decision


def _serve(element: etree._Element, service: str, params: Sequence[str]) -> None:
    """Another service has other parameters: those of the same name keep what was said."""
    operator, said = _operator(element), {name: item.get("value", "") for name, item in _parameters(element).items()}
    if not service:
        if operator is not None:
            take_out(operator)
        return
    if operator is None:
        result = {"id": service, "resultVariable": f"{element.get('id')}_result"}
        operator = etree.SubElement(extensions_of(element), _OPERATOR, result, nsmap=_AS_OURS)
    operator.set("id", service)
    for around in operator.findall(_PARAMETERS):
        operator.remove(around)
    around = etree.SubElement(operator, _PARAMETERS)
    for name in params:
        etree.SubElement(around, _LIST, {"id": name, "type": "str", "value": said.get(name, "")})


def _reference(element: etree._Element) -> etree._Element | None:
    return element.find(bpmn("messageEventDefinition"))


def _named(element: etree._Element) -> etree._Element:
    """The message that it waits for; one without a name where there is none."""
    reference = _reference(element)
    own = "" if reference is None else reference.get("messageRef", "")
    return next((one for one in _messages(element) if own and one.get("id") == own), etree.Element("none"))


def _messages(element: etree._Element) -> list[etree._Element]:
    return element.getroottree().getroot().findall(bpmn("message"))


def _wait_for(element: etree._Element, name: str) -> None:
    """A message of this name that is there is taken; else its own gets the name, unless others wait for it too."""
    reference, before = _reference(element), _named(element)
    if reference is None or not name:
        return
    others = [one for one in element.getroottree().iter(bpmn("messageEventDefinition")) if one is not reference]
    shared = any(one.get("messageRef") == before.get("id") for one in others)
    found = next((one for one in _messages(element) if one.get("name") == name), None)
    if found is None and before.get("id") and not shared:
        before.set("name", name)
        return
    reference.set("messageRef", (_new_message(element, name) if found is None else found).get("id", ""))


def _new_message(element: etree._Element, name: str) -> etree._Element:
    root = element.getroottree().getroot()
    taken = {one.get("id") for one in root.iter() if one.get("id")}
    own = next(f"message_{number}" for number in range(1, len(taken) + 2) if f"message_{number}" not in taken)
    made = etree.Element(bpmn("message"), {"id": own, "name": name})
    drawing = next((at for at, one in enumerate(root) if one.tag == f"{{{BPMNDI}}}BPMNDiagram"), len(root))
    root.insert(drawing, made)
    return made
