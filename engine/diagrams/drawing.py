"""The diagrams that one business runs, indexed: its root process and every process called from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from engine.diagrams.model import Diagram, Element, Flow, Key, Process
from engine.diagrams.told import SMS

K = TypeVar("K")
V = TypeVar("V")

CONTAINERS = frozenset({"callActivity", "subProcess"})


@dataclass(frozen=True)
class Drawing:
    """Elements, flows and scopes of the diagrams that are reached from `root`. Build it with `draw`."""

    root: str
    diagrams: tuple[Diagram, ...]
    processes: Mapping[str, Process]
    elements: Mapping[Key, Element]
    outgoing: Mapping[Key, tuple[Flow, ...]]
    boundaries: Mapping[Key, tuple[Element, ...]]
    scopes: Mapping[str, tuple[Element, ...]]

    @property
    def steps(self) -> tuple[Element, ...]:
        """The user tasks, in the order of the files."""
        return self.of("userTask")

    @cached_property
    def sending(self) -> Mapping[Key, str]:
        """The notice of each element that sends one to the customer, by scope and id."""
        return {(one.scope, one.id): one.properties[SMS] for one in self.elements.values() if SMS in one.properties}

    @property
    def flows(self) -> tuple[Flow, ...]:
        return tuple(flow for flows in self.outgoing.values() for flow in flows)

    def of(self, *kinds: str) -> tuple[Element, ...]:
        """The elements of these kinds, in the order of the files."""
        return tuple(element for element in self.elements.values() if element.kind in kinds)

    def flows_of(self, element: Element) -> tuple[Flow, ...]:
        return self.outgoing.get(element.key, ())

    def targets(self, element: Element) -> list[Element]:
        """Where the element's sequence flows lead; a dangling end leads nowhere."""
        found = (self.elements.get((flow.process, flow.target)) for flow in self.flows_of(element))
        return [target for target in found if target]

    def boundaries_of(self, element: Element) -> tuple[Element, ...]:
        return self.boundaries.get(element.key, ())

    def inside(self, container: Element) -> tuple[Element, ...]:
        """The elements of the process or sub-process that a container runs."""
        return self.scopes.get(scope_of(container), ())


def scope_of(container: Element) -> str:
    """The id of what a call activity calls, or of the sub-process itself."""
    return (container.called or "") if container.kind == "callActivity" else container.id


def draw(diagrams: Iterable[Diagram], root: str) -> Drawing:
    """Index the diagrams that are reached from the root process; files that nobody calls are left out."""
    everything = list(diagrams)
    reached = reached_processes(everything, root)
    kept = tuple(item for item in everything if reached & {process.id for process in item.processes})
    elements = [element for item in kept for element in item.elements if element.process in reached]
    flows = [flow for item in kept for flow in item.flows if flow.process in reached]
    return Drawing(
        root,
        kept,
        {process.id: process for item in kept for process in item.processes if process.id in reached},
        {element.key: element for element in elements},
        _grouped(((flow.process, flow.source), flow) for flow in flows),
        _grouped(((item.process, item.attached_to or ""), item) for item in elements if item.attached_to),
        _grouped((element.scope, element) for element in elements),
    )


def reached_processes(diagrams: Iterable[Diagram], root: str) -> set[str]:
    """The ids of the root process and of all processes called from it, missing ones included."""
    calls: dict[str, set[str]] = defaultdict(set)
    for diagram in diagrams:
        for element in diagram.elements:
            if element.called:
                calls[element.process].add(element.called)
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        process = waiting.pop()
        if process not in reached:
            reached.add(process)
            waiting += calls[process]
    return reached


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
