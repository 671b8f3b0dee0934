"""What the rules look at, and how they speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Element, Flow, Lane, Process
from engine.feel.findings import Finding
from engine.services import ServiceSpec


@dataclass(frozen=True)
class Subject:
    """A business's drawing with every name that it may use. `collecting` are the decisions that give a list."""

    drawing: Drawing
    services: Mapping[str, ServiceSpec]
    roles: frozenset[str]
    forms: frozenset[str]
    decisions: frozenset[str]
    collecting: frozenset[str]
    declared: frozenset[str]


Rule = Callable[[Subject], Iterator[Finding]]


def at(rule: str, where: Element | Flow, why: str, mend: str, line: int | None = None) -> Finding:
    """A finding at an element or flow, or at another line of it."""
    return Finding(rule, where.file, where.id, line or where.line, why, mend)


def at_process(rule: str, process: Process, why: str, mend: str) -> Finding:
    return Finding(rule, process.file, process.id, process.line, why, mend)


def at_lane(rule: str, file: str, lane: Lane, why: str, mend: str) -> Finding:
    return Finding(rule, file, lane.id, lane.line, why, mend)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint: the known name closest to this one, or some of the known names."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}?"
    return f"known are: {', '.join(names[:12])}" if names else "there is none yet"


def called(element: Element) -> str:
    """The element as a person finds it on the picture."""
    return f"{element.name or element.kind} ({element.id})"
