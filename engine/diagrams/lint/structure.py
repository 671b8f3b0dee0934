"""What must hold before any other rule can look: ids, ends of flows, calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.diagrams.drawing import reached_processes
from engine.diagrams.lint.subject import at, at_process, nearest
from engine.diagrams.model import Diagram, Element, Flow, Process
from engine.feel.findings import Finding

MAX_ELEMENTS = 250


def check_structure(diagrams: Sequence[Diagram], root: str) -> list[Finding]:
    """What makes the diagrams of a bundle no whole; the other rules need this to be empty."""
    return [
        *_missing_ids(diagrams),
        *_too_many(diagrams),
        *_duplicate_processes(diagrams),
        *_dangling_flows(diagrams),
        *_dangling_boundaries(diagrams),
        *_missing_root(diagrams, root),
        *_missing_called(diagrams, root),
        *_recursive_calls(diagrams, root),
    ]


def _missing_ids(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        items: tuple[Element | Flow | Process, ...] = (*diagram.elements, *diagram.flows, *diagram.processes)
        for item in items:
            if not item.id:
                yield Finding("bpmn.id", diagram.file, None, item.line, "an element without an id", "give it an id")


def _too_many(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        if len(diagram.elements) > MAX_ELEMENTS:
            why = f"{len(diagram.elements)} elements in one file, more than {MAX_ELEMENTS}"
            yield Finding("bpmn.count", diagram.file, None, 1, why, "move a part into a called process")


def _duplicate_processes(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    processes = [process for diagram in diagrams for process in diagram.processes]
    counts = Counter(process.id for process in processes)
    for process in processes:
        if counts[process.id] > 1:
            yield at_process("process.duplicate", process, f"two processes are called {process.id}", "rename one")


def _dangling_flows(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        scopes = {element.key: element.scope for element in diagram.elements}
        for flow in diagram.flows:
            ends = [scopes.get((flow.process, end)) for end in (flow.source, flow.target)]
            if None in ends or ends[0] != ends[1]:
                why = f"the flow from {flow.source or '?'} to {flow.target or '?'} has an end outside its process"
                yield at("flow.dangling", flow, why, "draw it again between two elements of one process")


def _dangling_boundaries(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        holders = {element.key: element for element in diagram.elements}
        for element in diagram.elements:
            if element.kind != "boundaryEvent":
                continue
            holder = holders.get((element.process, element.attached_to or ""))
            if holder is None or holder.kind.endswith(("Event", "Gateway")) or holder.scope != element.scope:
                why = f"the boundary event sits on {element.attached_to}, which is no task here"
                yield at("boundary.dangling", element, why, "put it on the edge of a task")


def _missing_root(diagrams: Sequence[Diagram], root: str) -> Iterator[Finding]:
    known = {process.id for diagram in diagrams for process in diagram.processes}
    if root not in known:
        why = f"the business starts the process {root!r}, which no diagram draws"
        yield Finding("process.missing", "business.json", None, None, why, nearest(root, known))


def _missing_called(diagrams: Sequence[Diagram], root: str) -> Iterator[Finding]:
    known = {process.id for diagram in diagrams for process in diagram.processes}
    reached = reached_processes(diagrams, root)
    for element in _calls(diagrams):
        if element.process in reached and element.called not in known:
            why = f"calls the process {element.called!r}, which no diagram draws"
            yield at("call.missing", element, why, nearest(element.called or "", known))


def _recursive_calls(diagrams: Sequence[Diagram], root: str) -> Iterator[Finding]:
    reached = reached_processes(diagrams, root)
    for element in _calls(diagrams):
        if element.process in reached and element.process in reached_processes(diagrams, element.called or ""):
            why = f"calls {element.called}, which calls {element.process} again without end"
            yield at("call.recursive", element, why, "draw a loop inside one process")


def _calls(diagrams: Sequence[Diagram]) -> Iterator[Element]:
    return (element for diagram in diagrams for element in diagram.elements if element.kind == "callActivity")
