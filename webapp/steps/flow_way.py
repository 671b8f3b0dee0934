"""The way of a case through its diagrams: what is done, which flows were taken, how often, where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from engine.diagrams.drawing import CONTAINERS, Drawing
from engine.diagrams.model import Element, Key
from engine.interpreter import FlowTaken

TASKS = frozenset({"userTask", "serviceTask", "businessRuleTask"}) | CONTAINERS
WAITS = ("userTask", "serviceTask", "intermediateCatchEvent")
"""Where a case can stand."""
Taken = tuple[str, str, str]


@dataclass(frozen=True)
class Way:
    """What to mark: elements done, flows taken (process, source, target), elements where the case stands, visits.

    `times` counts the flows, for readers who want that; `failed` are elements where an incident holds the case.
    """

    done: frozenset[Key] = frozenset()
    taken: frozenset[Taken] = frozenset()
    now: frozenset[Key] = frozenset()
    visits: Counter[Key] = field(default_factory=Counter)
    times: Counter[Taken] = field(default_factory=Counter)
    failed: frozenset[Key] = frozenset()


NOWHERE_YET = Way()


def way_of(drawing: Drawing, flows: Iterable[FlowTaken], standing: Collection[str]) -> Way:
    """The way that these flows are; a task is done once for each time that a flow left it."""
    taken = [(flow.process, flow.source, flow.target) for flow in flows]
    left = Counter((process, source) for process, source, _ in taken if _is_task(drawing, (process, source)))
    ends = {(process, target) for process, _, target in taken if _is_end(drawing, (process, target))}
    homes = _homes(drawing)
    now = frozenset(key for element in standing for key in homes.get(element, ()))
    return Way(frozenset(left) - now | ends, frozenset(taken), now, left)


def counted_way(
    drawing: Drawing, flows: Iterable[FlowTaken], standing: Collection[str], failed: Collection[str]
) -> Way:
    """The same with everything counted: how often each element was entered, and each flow taken."""
    all_flows = list(flows)
    times = Counter((flow.process, flow.source, flow.target) for flow in all_flows)
    entered: Counter[Key] = Counter()
    for (process, _, target), count in times.items():
        entered[process, target] += count
    begun: Counter[Key] = Counter()
    for (process, source, _), count in times.items():
        if not entered[process, source]:  # no flow leads to a start or to a boundary event
            begun[process, source] += count
    homes = _homes(drawing)
    stuck = frozenset(key for element in failed for key in homes.get(element, ()))
    way = way_of(drawing, all_flows, [*standing, *failed])
    return replace(way, visits=+entered + begun, times=times, failed=stuck)


def _is_task(drawing: Drawing, key: Key) -> bool:
    return key in drawing.elements and drawing.elements[key].kind in TASKS


def _is_end(drawing: Drawing, key: Key) -> bool:
    return key in drawing.elements and drawing.elements[key].kind == "endEvent"


def _homes(drawing: Drawing) -> dict[str, tuple[Key, ...]]:
    """Element id -> the elements that stand for it: itself, and each call activity around it."""
    callers: dict[str, list[Element]] = {}
    for call in drawing.of("callActivity"):
        callers.setdefault(call.called or "", []).append(call)
    homes: dict[str, tuple[Key, ...]] = {}
    for one in drawing.of(*WAITS):
        homes[one.id] = (*homes.get(one.id, ()), one.key, *_around(one.process, callers, set()))
    return homes


def _around(process: str, callers: dict[str, list[Element]], seen: set[str]) -> list[Key]:
    if process in seen:
        return []
    seen.add(process)
    return [key for call in callers.get(process, []) for key in (call.key, *_around(call.process, callers, seen))]
