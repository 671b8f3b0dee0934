"""Events: what they wait for has a name, and how a case ends has one too."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.cycles import reach
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.roads import scope_graph
from engine.diagrams.told import SMS
from engine.diagrams.words import called
from engine.feel.findings import Finding


def named_messages(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if element.event and element.event.kind == "message" and not element.event.text:
            yield at("event.message", element, event=called(element))


def coded_errors(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if element.event and element.event.kind == "error" and not element.event.text:
            yield at("event.error/code", element, event=called(element))


def interrupting_errors(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.of("boundaryEvent"):
        if element.event and element.event.kind == "error" and not element.interrupting:
            yield at("event.error/interrupting", element)


def named_ends(subject: Subject) -> Iterator[Finding]:
    """The name of an end event of the root process is the case's last 办理状态."""
    elements = subject.drawing.scopes.get(subject.drawing.root, ())
    graph = scope_graph(subject.drawing, [item for item in elements if item.interrupting])
    main = reach(graph, [item.key for item in elements if item.kind == "startEvent"])
    for element in elements:
        if element.kind == "endEvent" and element.key in main and not element.name.strip():
            yield at("end.name", element)


def known_properties(subject: Subject) -> Iterator[Finding]:
    """A property that an element does not know would be silently ignored. Steps and ends have rules of their own."""
    for element in subject.drawing.elements.values():
        known = {SMS} if element.kind == "intermediateThrowEvent" else set()
        for name in sorted(element.properties.keys() - known) if element.kind not in ("userTask", "endEvent") else ():
            yield at("element.property", element, element.property_lines.get(name), name=name, element=called(element))


RULES: tuple[Rule, ...] = (named_messages, coded_errors, interrupting_errors, named_ends, known_properties)
