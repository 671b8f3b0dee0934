"""One element of a diagram changed in words: its name, role, properties, time or condition; all else stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.diagrams.allowed import NODES
from engine.diagrams.names import BPMN, SPIFF, XSI, bpmn, local, space, spiff
from engine.diagrams.relaning import lane_of, move_to_lane
from engine.diagrams.typed import in_one_line, typed

NAME, ROLE, CONDITION, TIME, DEFAULT = "name", "role", "condition", "time", "default"
FLOW = "sequenceFlow"
_PROPERTY = "property-"
_TIMER = "timerEventDefinition"


def property_key(name: str) -> str:
    """What the property of this name goes by in what is said."""
    return f"{_PROPERTY}{name}"


def element_in(root: etree._Element, own: str) -> etree._Element | None:
    """A step, event, gateway or flow by its id."""
    for element in root.iter():
        if space(element) == BPMN and (local(element) in NODES or local(element) == FLOW) and element.get("id") == own:
            return element
    return None


def said_of(element: etree._Element, properties: Mapping[str, object]) -> dict[str, str]:
    """What it says now, of what can be changed in words; `properties` are those that its kind knows."""
    return dict(_said(element, properties))


def retouch(element: etree._Element, said: Mapping[str, str]) -> None:
    """Let it say this. What says so already is not touched, what says nothing any more goes."""
    for key, value in said.items():
        if key in (NAME, DEFAULT):
            _set(element, key, value)
        elif key == ROLE and value and value != lane_of(element):
            move_to_lane(element, value)
        elif key == CONDITION:
            _set_condition(element, value)
        elif key == TIME:
            _set_time(element, value)
        elif key.startswith(_PROPERTY):
            _set_property(element, key.removeprefix(_PROPERTY), value)


def _said(element: etree._Element, properties: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield NAME, in_one_line(element.get(NAME))
    kind = local(element)
    if kind == FLOW:
        yield CONDITION, typed(_text(element.find(bpmn("conditionExpression"))))
    if kind == "userTask" and local(_parent(element)) == "process":
        yield ROLE, lane_of(element)
    if kind == "exclusiveGateway":
        yield DEFAULT, element.get(DEFAULT, "")
    if _time(element) is not None:
        yield TIME, typed(_text(_time(element)))
    hung = _hung(element)
    for name in properties:
        yield property_key(name), in_one_line(hung[name].get("value")) if name in hung else ""


def _set(element: etree._Element, key: str, value: str) -> None:
    if in_one_line(element.get(key)) == value:
        return
    if value:
        element.set(key, value)
    else:
        element.attrib.pop(key, None)


def _set_condition(flow: etree._Element, text: str) -> None:
    found = flow.find(bpmn("conditionExpression"))
    if typed(_text(found)) == text:
        return
    if found is not None and not text:
        flow.remove(found)
    elif found is None:
        found = etree.SubElement(flow, bpmn("conditionExpression"), nsmap={"xsi": XSI})
        found.set(f"{{{XSI}}}type", f"{flow.prefix}:tFormalExpression" if flow.prefix else "tFormalExpression")
    if found is not None:
        found.text = text


def _set_time(event: etree._Element, text: str) -> None:
    time = _time(event)
    if time is not None and typed(_text(time)) != text:
        time.text = text


def _set_property(element: etree._Element, name: str, value: str) -> None:
    found = _hung(element).get(name)
    if in_one_line(None if found is None else found.get("value")) == value:
        return
    if found is not None and value:
        found.set("value", value)
    elif found is not None:
        take_out(found)
    else:
        etree.SubElement(_properties(element), spiff("property"), {"name": name, "value": value})


def _properties(element: etree._Element) -> etree._Element:
    """The place of its properties; the schema wants it behind the documentation."""
    around = extensions_of(element)
    found = around.find(spiff("properties"))
    if found is not None:
        return found
    return etree.SubElement(around, spiff("properties"), nsmap={"spiffworkflow": SPIFF})


def extensions_of(element: etree._Element) -> etree._Element:
    """The place of what is hung under it, made where there is none."""
    around = element.find(bpmn("extensionElements"))
    if around is None:
        around = etree.Element(bpmn("extensionElements"))
        element.insert(len(element.findall(bpmn("documentation"))), around)
    return around


def take_out(found: etree._Element) -> None:
    """The property, and what was there for it alone."""
    parent = _parent(found)
    parent.remove(found)
    while not len(parent) and local(parent) in ("properties", "extensionElements"):
        empty, parent = parent, _parent(parent)
        parent.remove(empty)


def _hung(element: etree._Element) -> dict[str, etree._Element]:
    path = f"{bpmn('extensionElements')}/{spiff('properties')}/{spiff('property')}"
    return {item.get("name", ""): item for item in element.iterfind(path)}


def _time(event: etree._Element) -> etree._Element | None:
    timer = event.find(bpmn(_TIMER))
    return None if timer is None else next((one for one in timer if local(one) in ("timeDuration", "timeDate")), None)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else element.text or ""


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent
