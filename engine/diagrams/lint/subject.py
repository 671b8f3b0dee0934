"""What the rules look at, and how they speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.diagrams.drawing import Drawing
from engine.diagrams.lint.faults import FAULTS
from engine.diagrams.model import Element, Flow, Key
from engine.feel.errors import did_you_mean
from engine.feel.findings import Finding
from engine.feel.said import Said, Words
from engine.services import ServiceSpec


@dataclass(frozen=True)
class Subject:
    """A business's drawing with every name that it may use. `collecting` are the decisions that give a list.

    `given` are the facts that an element surely gives when it is done; a declared one that none gives is always there.
    """

    drawing: Drawing
    services: Mapping[str, ServiceSpec]
    roles: frozenset[str]
    forms: frozenset[str]
    decisions: frozenset[str]
    collecting: frozenset[str]
    declared: frozenset[str]
    given: Mapping[Key, frozenset[str]]


Rule = Callable[[Subject], Iterator[Finding]]


def at(fault: str, where: Element | Flow, line: int | None = None, /, **what: Words) -> Finding:
    """A finding at an element or flow, or at another line of it."""
    return FAULTS.found(fault, where.file, where.id, line or where.line, **what)


def nearest(name: str, known: Iterable[str]) -> Said:
    """A hint: the known name closest to this one, or some of the known names."""
    names = sorted(known)
    some = Said("可用的有：{names}", "known are: {names}").filled(names=", ".join(names[:12]))
    return did_you_mean(name, names, some if names else _NONE_YET, cutoff=0.5)


_NONE_YET = Said("现在一个也没有", "there is none yet")
