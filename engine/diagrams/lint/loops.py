"""Loops: each waits for somebody, each is closed by a gateway, and none grows the state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagrams.cycles import loops, reach
from engine.diagrams.drawing import CONTAINERS, Drawing
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.model import Element, Key
from engine.diagrams.roads import must_wait, scope_graph
from engine.diagrams.words import called
from engine.feel.findings import Finding
from engine.feel.said import Said, listed


def loops_wait(subject: Subject) -> Iterator[Finding]:
    """A cycle without a person, a service, a message or a timer would run the engine for ever."""
    drawing = subject.drawing
    for elements in drawing.scopes.values():
        for loop in _unwaiting(drawing, [element for element in elements if not must_wait(drawing, element)]):
            yield at("loop.no_wait", loop[0], loop=_names(loop))


def _unwaiting(drawing: Drawing, passing: list[Element]) -> list[list[Element]]:
    """The loops among these elements, without those that wait at a join for a branch that waits."""
    found = _loops(drawing, passing)
    waiting = {join.key for loop in found for join in loop if _waits_for_another(drawing, join, loop, passing)}
    left = [element for element in passing if element.key not in waiting]
    return _unwaiting(drawing, left) if waiting else found


def _waits_for_another(drawing: Drawing, join: Element, loop: list[Element], passing: list[Element]) -> bool:
    """Whether a parallel gateway needs a token that the loop, going round by itself, does not bring."""
    if join.kind != "parallelGateway":
        return False
    brought = reach(scope_graph(drawing, passing), [element.key for element in loop])
    into = (flow for flow in drawing.flows if (flow.process, flow.target) == join.key)
    return any((flow.process, flow.source) not in brought for flow in into)


def loops_have_gateways(subject: Subject) -> Iterator[Finding]:
    """Without a gateway or a boundary event on a loop the engine looks ahead without end when a case starts."""
    stops = {"exclusiveGateway", "eventBasedGateway", "boundaryEvent"}
    for elements in subject.drawing.scopes.values():
        for loop in _loops(subject.drawing, [element for element in elements if element.kind not in stops]):
            yield at("loop.no_gateway", loop[0], loop=_names(loop))


def loops_leave_nothing_open(subject: Subject) -> Iterator[Finding]:
    """A user task on a non-interrupting branch inside a loop would stay open in each round."""
    drawing = subject.drawing
    in_loops = {element.key for element in _in_loops(drawing)}
    for event in drawing.of("boundaryEvent"):
        if event.interrupting or (event.process, event.attached_to) not in in_loops:
            continue
        for step in _asked_after(drawing, event):
            yield at("loop.open_branch", step, step=called(step))


def _asked_after(drawing: Drawing, event: Element) -> list[Element]:
    """The user tasks on a branch, called ones counted at their call activity."""
    graph = scope_graph(drawing, drawing.scopes[event.scope])
    branch = [drawing.elements[key] for key in reach(graph, [event.key])]
    return [element for element in branch if element.kind == "userTask" or _asks(drawing, element)]


def _asks(drawing: Drawing, element: Element) -> bool:
    return element.kind in CONTAINERS and any(
        inner.kind == "userTask" or _asks(drawing, inner) for inner in drawing.inside(element)
    )


def _in_loops(drawing: Drawing) -> list[Element]:
    return [element for elements in drawing.scopes.values() for loop in _loops(drawing, elements) for element in loop]


def _loops(drawing: Drawing, elements: Iterable[Element]) -> list[list[Element]]:
    graph: dict[Key, list[Key]] = scope_graph(drawing, elements)
    return [sorted((drawing.elements[key] for key in loop), key=lambda item: item.line) for loop in loops(graph)]


def _names(loop: list[Element]) -> Said:
    shown = listed(called(element) for element in loop[:4])
    more = Said("{shown}等 {count} 个元素", "{shown} and others, {count} in all")
    return more.filled(shown=shown, count=str(len(loop))) if len(loop) > 4 else shown


RULES: tuple[Rule, ...] = (loops_wait, loops_have_gateways, loops_leave_nothing_open)
