"""What must hold before any other rule can look: ids, ends of flows, calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.diagrams.drawing import reached_processes
from engine.diagrams.faults import FAULTS
from engine.diagrams.lint.subject import nearest
from engine.diagrams.model import Diagram, Element, Flow, Process
from engine.feel.findings import Finding
from engine.feel.said import Words

MAX_ELEMENTS = 250


def check_structure(diagrams: Sequence[Diagram], root: str) -> list[Finding]:
    """What makes the diagrams of a bundle no whole; the other rules need this to be empty."""
    return [
        *_missing_ids(diagrams),
        *_too_many(diagrams),
        *_duplicate_processes(diagrams),
        *_dangling_flows(diagrams),
        *_dangling_boundaries(diagrams),
        *_missing_called(diagrams, root),
        *_recursive_calls(diagrams, root),
    ]


def _missing_ids(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        items: tuple[Element | Flow | Process, ...] = (*diagram.elements, *diagram.flows, *diagram.processes)
        for item in items:
            if not item.id:
                yield FAULTS.found("bpmn.id", diagram.file, None, item.line)


def _too_many(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        if len(diagram.elements) > MAX_ELEMENTS:
            count, most = str(len(diagram.elements)), str(MAX_ELEMENTS)
            first = diagram.elements[MAX_ELEMENTS]
            yield FAULTS.found("bpmn.count", diagram.file, first.id, first.line, count=count, most=most)


def _duplicate_processes(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    processes = [process for diagram in diagrams for process in diagram.processes]
    counts = Counter(process.id for process in processes)
    for process in processes:
        if counts[process.id] > 1:
            yield _at("process.duplicate", process, process=process.id)


def _dangling_flows(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        scopes = {element.key: element.scope for element in diagram.elements}
        for flow in diagram.flows:
            ends = [scopes.get((flow.process, end)) for end in (flow.source, flow.target)]
            if None in ends or ends[0] != ends[1]:
                yield _at("flow.dangling", flow, source=flow.source or "?", target=flow.target or "?")


def _dangling_boundaries(diagrams: Sequence[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        holders = {element.key: element for element in diagram.elements}
        for element in diagram.elements:
            if element.kind != "boundaryEvent":
                continue
            holder = holders.get((element.process, element.attached_to or ""))
            if holder is None or holder.kind.endswith(("Event", "Gateway")) or holder.scope != element.scope:
                yield _at("boundary.dangling", element, holder=element.attached_to or "?")


def _missing_called(diagrams: Sequence[Diagram], root: str) -> Iterator[Finding]:
    known = {process.id for diagram in diagrams for process in diagram.processes}
    reached = reached_processes(diagrams, root)
    for element in _calls(diagrams):
        if element.process in reached and element.called not in known:
            name = element.called or "?"
            yield _at("call.missing", element, called=name, mend=nearest(name, known))


def _recursive_calls(diagrams: Sequence[Diagram], root: str) -> Iterator[Finding]:
    reached = reached_processes(diagrams, root)
    for element in _calls(diagrams):
        if element.process in reached and element.process in reached_processes(diagrams, element.called or ""):
            yield _at("call.recursive", element, called=element.called or "?", process=element.process)


def _calls(diagrams: Sequence[Diagram]) -> Iterator[Element]:
    return (element for diagram in diagrams for element in diagram.elements if element.kind == "callActivity")


def _at(fault: str, where: Element | Flow | Process, /, **what: Words) -> Finding:
    return FAULTS.found(fault, where.file, where.id, where.line, **what)
