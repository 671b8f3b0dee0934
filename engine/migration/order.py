"""What comes before what in a version, its ways back left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from engine.bundles import Bundle
from engine.diagrams.cycles import reach
from engine.diagrams.model import Key
from engine.diagrams.roads import whole_graph


def passed_by(bundle: Bundle, steps: Collection[str], places: Collection[str]) -> set[str]:
    """Those of the steps that lie before each of these places, and after none, so that a case there is past them."""
    keys = {element.id: key for key, element in bundle.drawing.elements.items()}
    there = {keys[place] for place in places if place in keys}
    ahead, graph = come_to(bundle, steps, places), _forward(bundle)
    return {step for step in steps if there and step not in ahead and there <= reach(graph, [keys[step]])}


def come_to(bundle: Bundle, steps: Collection[str], places: Collection[str]) -> set[str]:
    """Those of the steps that lie after one of these places."""
    keys = {element.id: key for key, element in bundle.drawing.elements.items()}
    ahead = reach(_forward(bundle), [keys[place] for place in places if place in keys])
    return {step for step in steps if keys[step] in ahead}


@lru_cache(maxsize=32)
def _forward(bundle: Bundle) -> Mapping[Key, list[Key]]:
    """The roads without those that lead back to what every way to them has come through."""
    graph = whole_graph(bundle.drawing)
    starts = [one.key for one in bundle.drawing.of("startEvent") if one.process == bundle.business.process]
    before = _dominators(graph, starts[0])
    return {key: [to for to in targets if to not in before.get(key, ())] for key, targets in graph.items()}


def _dominators(graph: Mapping[Key, list[Key]], start: Key) -> dict[Key, set[Key]]:
    """Of each element that is reached: those, and itself, that every way to it goes through."""
    reached = reach(graph, [start])
    sources: dict[Key, list[Key]] = {key: [] for key in reached}
    for key in reached:
        for target in graph.get(key, ()):
            sources[target].append(key)
    found = {key: set(reached) for key in reached} | {start: {start}}
    changed = True
    while changed:
        changed = False
        for key in reached - {start}:
            now = {key}.union(set.intersection(*(found[each] for each in sources[key])))
            changed, found[key] = changed or now != found[key], now
    return found
