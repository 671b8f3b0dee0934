"""The roads of a drawing: inside one scope for loops, and through all called processes for what leads where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from engine.diagrams.cycles import reach
from engine.diagrams.drawing import CONTAINERS, Drawing, scope_of
from engine.diagrams.model import Element, Key

WAITS = frozenset({"userTask", "serviceTask", "intermediateCatchEvent", "boundaryEvent", "eventBasedGateway"})


def scope_graph(drawing: Drawing, elements: Iterable[Element]) -> dict[Key, list[Key]]:
    """Sequence flows and boundary events among these elements."""
    inside = {element.key: element for element in elements}
    return {
        key: [
            target.key
            for target in [*drawing.targets(element), *drawing.boundaries_of(element)]
            if target.key in inside
        ]
        for key, element in inside.items()
    }


def must_wait(drawing: Drawing, element: Element) -> bool:
    """Whether nobody gets past the element without a person, a service, a message or a timer.

    A call activity waits if each way through what it calls does. Calls must not be recursive.
    """
    return element.kind in WAITS or (element.kind in CONTAINERS and not _transparent(drawing, element))


def _transparent(drawing: Drawing, container: Element) -> bool:
    elements = drawing.inside(container)
    passing = [element for element in elements if not must_wait(drawing, element)]
    graph = scope_graph(drawing, passing)
    starts = [element.key for element in passing if element.kind == "startEvent"]
    ends = {element.key for element in passing if element.kind == "endEvent"}
    return bool(reach(graph, starts) & ends)


def whole_graph(drawing: Drawing) -> dict[Key, list[Key]]:
    """The roads a token takes by itself: flows and calls, without boundary events. Blind to who called.

    A container has two nodes, its own key where it is entered and `done(key)` where it is left.
    """
    graph: dict[Key, list[Key]] = defaultdict(list)
    for element in drawing.elements.values():
        targets = [target.key for target in drawing.targets(element)]
        if element.kind not in CONTAINERS:
            graph[element.key] += targets
            continue
        graph[done(element.key)] += targets
        for inner in drawing.scopes.get(scope_of(element), ()):
            if inner.kind == "startEvent":
                graph[element.key].append(inner.key)
            if inner.kind == "endEvent":
                graph[inner.key].append(done(element.key))
    return dict(graph)


def done(key: Key) -> Key:
    """The node at which a container is left."""
    return key[0], key[1] + "/done"


def asks_next(drawing: Drawing, step: Element) -> set[str]:
    """The ids of the steps that may be the next one asked after this step."""
    graph = whole_graph(drawing)
    steps = {item.key: item.id for item in drawing.steps}
    walk = {key: ([] if key in steps else targets) for key, targets in graph.items()}
    return {steps[key] for key in reach(walk, graph.get(step.key, [])) if key in steps}
