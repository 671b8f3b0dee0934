"""What was only laid out anew: drawn at another place, or along another line, and the same in all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bundles.differences import drawn, naming
from engine.bundles.differences.comparing import Key as Name
from engine.bundles.differences.comparing import Thing, compare
from engine.bundles.model import Bundle
from engine.diagrams.model import Key
from engine.feel.said import Said

MOVED = Said("{what}画在了别的位置", "{what} is drawn at another place")


@dataclass(frozen=True)
class LaidOut:
    """An element or flow, by its process and its id in the later version."""

    key: Key
    what: Said


def laid_out(before: Bundle, after: Bundle) -> list[LaidOut]:
    """In the order of the later version; what was added, or changed in more than its place, is not here."""
    return [*_elements(before, after), *_flows(before, after)]


def _elements(before: Bundle, after: Bundle) -> Iterator[LaidOut]:
    same = _same(drawn.elements(before), drawn.elements(after))
    for key, item in after.drawing.elements.items():
        old = before.drawing.elements.get(key)
        name = item.id if item.kind == "userTask" else key
        if old and name in same and (old.x, old.y, old.w, old.h) != (item.x, item.y, item.w, item.h):
            yield LaidOut(key, naming.element(after, item))


def _flows(before: Bundle, after: Bundle) -> Iterator[LaidOut]:
    things, same = drawn.flows(after), _same(drawn.flows(before), drawn.flows(after))
    ways = {(flow.process, flow.id): flow.waypoints for flow in before.drawing.flows}
    named = {(name[0], thing.element): name for name, thing in things.items()}  # type: ignore[index]
    for flow in after.drawing.flows:
        key = flow.process, flow.id
        if key in ways and named.get(key) in same and ways[key] != flow.waypoints:
            yield LaidOut(key, things[named[key]].what)


def _same(before: Mapping[Name, Thing], after: Mapping[Name, Thing]) -> set[Name]:
    """What both have, and no sentence is said of."""
    return {
        name for name in before.keys() & after.keys() if not any(compare({name: before[name]}, {name: after[name]}))
    }
