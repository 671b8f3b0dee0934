"""The way of a case through its diagrams: what is done, which flows were taken, how often, where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from engine.diagrams.drawing import CONTAINERS, Drawing
from engine.diagrams.model import Element, Key
from engine.interpreter import FlowTaken

TASKS = frozenset({"userTask", "serviceTask", "businessRuleTask"}) | CONTAINERS


@dataclass(frozen=True)
class Way:
    """What to mark: elements done, flows taken (process, source, target), elements where the case stands, visits."""

    done: frozenset[Key] = frozenset()
    taken: frozenset[tuple[str, str, str]] = frozenset()
    now: frozenset[Key] = frozenset()
    visits: Counter[Key] = field(default_factory=Counter)


NOWHERE_YET = Way()


def way_of(drawing: Drawing, flows: Iterable[FlowTaken], open_steps: Collection[str]) -> Way:
    """The way that these flows are; a task is done once for each time that a flow left it."""
    taken = [(flow.process, flow.source, flow.target) for flow in flows]
    left = Counter((process, source) for process, source, _ in taken if _is_task(drawing, (process, source)))
    ends = {(process, target) for process, _, target in taken if _is_end(drawing, (process, target))}
    homes = _homes(drawing)
    now = frozenset(key for step in open_steps for key in homes.get(step, ()))
    return Way(frozenset(left) - now | ends, frozenset(taken), now, left)


def _is_task(drawing: Drawing, key: Key) -> bool:
    return key in drawing.elements and drawing.elements[key].kind in TASKS


def _is_end(drawing: Drawing, key: Key) -> bool:
    return key in drawing.elements and drawing.elements[key].kind == "endEvent"


def _homes(drawing: Drawing) -> dict[str, tuple[Key, ...]]:
    """Step id -> the elements that stand for it: itself, and each call activity around it."""
    callers: dict[str, list[Element]] = {}
    for call in drawing.of("callActivity"):
        callers.setdefault(call.called or "", []).append(call)
    return {step.id: (step.key, *_around(step.process, callers, set())) for step in drawing.steps}


def _around(process: str, callers: dict[str, list[Element]], seen: set[str]) -> list[Key]:
    if process in seen:
        return []
    seen.add(process)
    return [key for call in callers.get(process, []) for key in (call.key, *_around(call.process, callers, seen))]
