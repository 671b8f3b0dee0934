"""The way of a case through its diagrams, from the steps it has done: which elements, which flows, how often."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.diagrams.drawing import CONTAINERS, Drawing
from engine.diagrams.model import Element, Flow, Key

STEPS = frozenset({"userTask", "manualTask"}) | CONTAINERS


@dataclass(frozen=True)
class Way:
    """What to mark in the pictures: elements done, flows taken, elements where the case stands, visits of each."""

    done: frozenset[Key] = frozenset()
    taken: frozenset[tuple[str, str]] = frozenset()
    now: frozenset[Key] = frozenset()
    visits: Counter[Key] = field(default_factory=Counter)


NOWHERE_YET = Way()


def way_of(drawing: Drawing, done: Sequence[str], now: Iterable[str]) -> Way:
    """The way that leads through the steps in the order in which they were done, to those that are open."""
    open_steps = list(now)
    homes = _homes(drawing)
    done_keys = [key for step in done for key in homes.get(step, ())]
    now_keys = frozenset(key for step in open_steps for key in homes.get(step, ()))
    taken = {flow for process in drawing.processes for flow in _taken(drawing, homes, process, [*done, *open_steps])}
    visits = Counter({key: n for key, n in Counter(done_keys).items() if key[1] in done})
    return Way(frozenset(done_keys) - now_keys, frozenset(taken), now_keys, visits)


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
    calls = callers.get(process, [])
    return [key for call in calls for key in (call.key, *_around(call.process, callers, seen))]


def _taken(
    drawing: Drawing, homes: dict[str, tuple[Key, ...]], process: str, steps: Sequence[str]
) -> Iterable[tuple[str, str]]:
    """The flows between one mark of this process and the next, through whatever is no step."""
    marks = [key for step in steps for key in homes.get(step, ()) if key[0] == process]
    start = next((item for item in drawing.of("startEvent") if item.process == process == item.scope), None)
    if not marks or start is None:
        return
    for source, target in zip([start.key, *marks], marks, strict=False):
        inside_one_call = source == target and drawing.elements[source].kind in CONTAINERS
        for flow in () if inside_one_call else _shortest(drawing, source, target):
            yield process, flow.id


def _shortest(drawing: Drawing, source: Key, target: Key) -> list[Flow]:
    waiting: deque[tuple[Key, list[Flow]]] = deque([(source, [])])
    seen: set[Key] = set()
    while waiting:
        here, path = waiting.popleft()
        for flow in _leaving(drawing, here):
            there = (flow.process, flow.target)
            if there == target:
                return [*path, flow]
            if there not in seen and there in drawing.elements and drawing.elements[there].kind not in STEPS:
                seen.add(there)
                waiting.append((there, [*path, flow]))
    return []


def _leaving(drawing: Drawing, key: Key) -> Iterable[Flow]:
    yield from drawing.outgoing.get(key, ())
    for boundary in drawing.boundaries.get(key, ()):
        yield from drawing.outgoing.get(boundary.key, ())
