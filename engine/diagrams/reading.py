"""From the XML of one file to the typed model. Believes the schema and the allow-list, which come before it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.diagrams.allowed import NODES
from engine.diagrams.model import Diagram, Element, Event, Flow, Lane, Note, Operator, Parameter, Pool, Process
from engine.diagrams.names import bpmn, local, spiff
from engine.diagrams.shapes import NOWHERE, Shapes, read_shapes

_EVENT_KINDS = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "errorEventDefinition": "error",
    "terminateEventDefinition": "terminate",
}


def read_diagram(file: str, root: etree._Element) -> Diagram:
    """The model of a document that passed `check_schema` and `check_elements`."""
    shapes = read_shapes(root)
    processes = list(root.iterfind(bpmn("process")))
    lanes = tuple(_lane(lane, process, shapes) for process in processes for lane in process.iter(bpmn("lane")))
    roles = {member: lane.id for lane in lanes for member in lane.members}
    reader = _Reader(file, root, shapes, roles)
    return Diagram(
        file,
        tuple(Process(_id(process), process.get("name", ""), file, _line(process)) for process in processes),
        lanes,
        tuple(element for process in processes for element in reader.elements(process)),
        tuple(flow for process in processes for flow in reader.flows(process)),
        tuple(_pool(pool, shapes) for pool in root.iter(bpmn("participant")) if pool.get("processRef")),
        tuple(_note(note, shapes) for note in root.iter(bpmn("textAnnotation"))),
    )


class _Reader:
    """Reads the elements and flows of one file."""

    def __init__(self, file: str, root: etree._Element, shapes: Shapes, roles: dict[str, str]) -> None:
        self.file, self.shapes, self.roles = file, shapes, roles
        self.messages = {_id(message): message.get("name", "") for message in root.iterfind(bpmn("message"))}
        self.errors = {_id(error): error.get("errorCode", "") for error in root.iterfind(bpmn("error"))}

    def elements(self, process: etree._Element) -> Iterator[Element]:
        for node in process.iter():
            if local(node) in NODES:
                yield self.element(node, _id(process))

    def element(self, node: etree._Element, process: str) -> Element:
        own = _id(node)
        properties = {item.get("name", ""): item for item in node.iterfind(_PROPERTY)}
        return Element(
            id=own,
            kind=local(node),
            name=node.get("name", ""),
            file=self.file,
            line=_line(node),
            process=process,
            scope=_scope(node),
            lane=self.lane(node),
            properties={name: item.get("value", "") for name, item in properties.items()},
            property_lines={name: _line(item) for name, item in properties.items()},
            event=self.event(node),
            operator=_operator(node),
            decision=_text(node.find(f"{bpmn('extensionElements')}/{spiff('calledDecisionId')}")) or None,
            called=node.get("calledElement"),
            attached_to=node.get("attachedToRef"),
            interrupting=node.get("cancelActivity", "true") != "false",
            default=node.get("default"),
            drawn=own in self.shapes.bounds,
            **self.shapes.bounds.get(own, NOWHERE),
        )

    def lane(self, node: etree._Element) -> str | None:
        """The innermost lane that holds the element or a sub-process around it."""
        around = (node, *node.iterancestors())
        return next((self.roles[_id(item)] for item in around if _id(item) in self.roles), None)

    def event(self, node: etree._Element) -> Event | None:
        for child in node:
            kind = _EVENT_KINDS.get(local(child))
            if kind == "timer":
                return _timer(child)
            if kind:
                return Event(kind, self.event_text(kind, child), _line(child))
        return None

    def event_text(self, kind: str, definition: etree._Element) -> str:
        if kind == "message":
            return self.messages.get(definition.get("messageRef", ""), "")
        if kind == "error":
            return self.errors.get(definition.get("errorRef", ""), "")
        return ""

    def flows(self, process: etree._Element) -> Iterator[Flow]:
        for flow in process.iter(bpmn("sequenceFlow")):
            condition = flow.find(bpmn("conditionExpression"))
            yield Flow(
                id=_id(flow),
                source=flow.get("sourceRef", ""),
                target=flow.get("targetRef", ""),
                name=flow.get("name", ""),
                condition=None if condition is None else _text(condition),
                file=self.file,
                line=_line(flow),
                process=_id(process),
                waypoints=self.shapes.waypoints.get(_id(flow), ()),
                condition_line=None if condition is None else _line(condition),
            )


_PROPERTY = f"{bpmn('extensionElements')}/{spiff('properties')}/{spiff('property')}"
_OPERATOR = f"{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}"
_PARAMETER = f"{spiff('parameters')}/{spiff('parameter')}"


def _operator(node: etree._Element) -> Operator | None:
    operator = node.find(_OPERATOR)
    if operator is None:
        return None
    found = [Parameter(_id(item), item.get("value", ""), _line(item)) for item in operator.iterfind(_PARAMETER)]
    return Operator(_id(operator), tuple(found), _line(operator))


def _timer(definition: etree._Element) -> Event:
    for name, kind in (("timeDuration", "duration"), ("timeDate", "date")):
        time = definition.find(bpmn(name))
        if time is not None:
            return Event(kind, _text(time), _line(time))
    return Event("duration", "", _line(definition))


def _lane(lane: etree._Element, process: etree._Element, shapes: Shapes) -> Lane:
    members = frozenset(_text(reference) for reference in lane.iterfind(bpmn("flowNodeRef")))
    bounds = shapes.bounds.get(_id(lane), NOWHERE)
    return Lane(_id(lane), lane.get("name", ""), _id(process), _line(lane), members, **bounds)


def _pool(pool: etree._Element, shapes: Shapes) -> Pool:
    bounds = shapes.bounds.get(_id(pool), NOWHERE)
    return Pool(_id(pool), pool.get("name", ""), pool.get("processRef", ""), **bounds)


def _note(note: etree._Element, shapes: Shapes) -> Note:
    return Note(_id(note), _text(note.find(bpmn("text"))), _line(note), **shapes.bounds.get(_id(note), NOWHERE))


def _scope(node: etree._Element) -> str:
    parent = node.getparent()
    return "" if parent is None else _id(parent)


def _id(element: etree._Element) -> str:
    return element.get("id", "")


def _line(element: etree._Element) -> int:
    return element.sourceline or 1


def _text(element: etree._Element | None) -> str:
    return "" if element is None or element.text is None else element.text.strip()
