"""Which facts are surely given where: on every way that a case may have come, through loops, calls and branches.

What is found for a place holds for every way to it; where two ways meet that the drawing cannot tell apart, for both.
A step that is left by 上一步 has given nothing. A step whose `todo` is false has been done, and what is given on every
way from there is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.diagrams.cycles import reach
from engine.diagrams.drawing import CONTAINERS, Drawing, scope_of
from engine.diagrams.model import Element, Flow, Key
from engine.diagrams.roads import scope_graph
from engine.feel.certainty import NONE, Names, implied
from engine.feel.errors import FeelError
from engine.feel.parser import parse
from engine.feel.syntax import Node

BACK = "back"
TODO = "todo."
MOST_LOOKS = 2_000
"""So many times ways are followed from a step; after that only what the step itself gives counts as given."""


class Sure(NamedTuple):
    """What is given when the last step was answered, and when it was left by 上一步."""

    answered: Names
    back: Names

    def __and__(self, other: Sure) -> Sure:
        return Sure(self.answered & other.answered, self.back & other.back)

    def __or__(self, other: Sure) -> Sure:
        return Sure(self.answered | other.answered, self.back | other.back)

    def adding(self, names: Names) -> Sure:
        return Sure(self.answered | names, self.back | names)


NOTHING = Sure(NONE, NONE)


@dataclass
class Certain:
    """Ask `before` and `once_done`. `given` are the facts that an element surely gives when it is done."""

    drawing: Drawing
    given: Mapping[Key, Names]
    _looks: int = 0
    _found: dict[str, dict[Key, Sure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everything = frozenset(name for names in self.given.values() for name in names)
        self._all = Sure(everything, everything)
        self._steps = {step.id: step for step in self.drawing.steps}
        self._into: dict[Key, list[tuple[Element, Flow | None]]] = defaultdict(list)
        for element in self.drawing.elements.values():
            for flow in self.drawing.flows_of(element):
                self._into[flow.process, flow.target].append((element, flow))
            for boundary in self.drawing.boundaries_of(element):
                self._into[boundary.key].append((element, None))
        self._callers: dict[str, list[Element]] = defaultdict(list)
        for container in self.drawing.of(*CONTAINERS):
            self._callers[scope_of(container)].append(container)
        self._brought: dict[str, Names] = {}

    def before(self, element: Element) -> Sure:
        """What is given when a case comes to the element, on whatever way."""
        place = self._here(element)
        return self._inside(element.scope)[place.key].adding(self._brought_into(element.scope))

    def once_done(self, name: str, at: Element) -> Names:
        """What is given at this place once `name` is false: of `todo.STEP`, that the step was done and led here."""
        step = self._steps.get(name.removeprefix(TODO)) if name.startswith(TODO) else None
        if step is None:
            return NONE
        answered = Sure(self.given.get(step.key, NONE), self._all.back)  # who left it by 上一步 has not done it
        return self._since(step, answered, at).answered

    def _here(self, element: Element) -> Element:
        host = self.drawing.elements.get((element.process, element.attached_to or ""))
        return host or element

    def _brought_into(self, scope: str) -> Names:
        """What every caller has when it calls."""
        if scope not in self._brought:
            callers = [self.before(caller).answered for caller in self._callers[scope]]
            self._brought[scope] = frozenset.intersection(*callers) if callers else NONE
        return self._brought[scope]

    def _inside(self, scope: str) -> dict[Key, Sure]:
        if scope not in self._found:
            starts = {item.key: NOTHING for item in self._members(scope) if item.kind == "startEvent"}
            self._found[scope] = self._solved(scope, starts)
        return self._found[scope]

    def _members(self, scope: str) -> tuple[Element, ...]:
        return self.drawing.scopes.get(scope, ())

    def _since(self, source: Element, done: Sure, at: Element) -> Sure:
        """What is given at a place on every way from the moment when the source was done."""
        self._looks += 1
        if self._looks > MOST_LOOKS:
            return done
        ways = self._solved(source.scope, {source.key: done})
        graph = scope_graph(self.drawing, self._members(source.scope))
        reached = reach(graph, graph[source.key])
        if at.scope == source.scope and at.key in reached:
            return ways[at.key]
        ends = [ways[item.key] for item in self._ends(source.scope) if item.key in reached]
        out = _all(ends, done)
        return _all([self._since(caller, out, at) for caller in self._callers[source.scope] if ends], done)

    def _ends(self, scope: str) -> list[Element]:
        """Where what called it goes on; an error leaves by a boundary event."""
        ends = (item for item in self._members(scope) if item.kind == "endEvent")
        return [item for item in ends if item.event is None or item.event.kind != "error"]

    def _solved(self, scope: str, sources: Mapping[Key, Sure]) -> dict[Key, Sure]:
        """The greatest answer that agrees with the drawing: what is given before each element.

        A source gives what is said here, whatever came to it; nothing else begins.
        """
        members = self._members(scope)
        before = {item.key: self._all for item in members}
        waiting = list(reversed(members))
        while waiting:
            item = waiting.pop()
            now = self._met(item, before, sources)
            if now != before[item.key]:
                before[item.key] = now
                waiting += [*self.drawing.targets(item), *self.drawing.boundaries_of(item)]
        return before

    def _met(self, item: Element, before: Mapping[Key, Sure], sources: Mapping[Key, Sure]) -> Sure:
        if item.kind == "startEvent" and item.key in sources:
            return sources[item.key]
        ways = [self._along(origin, flow, before, sources) for origin, flow in self._into[item.key]]
        if item.kind == "parallelGateway" and ways:
            return Sure(frozenset().union(*(way.answered for way in ways)), frozenset().union(*(w.back for w in ways)))
        return _all(ways, self._all)

    def _along(
        self, origin: Element, flow: Flow | None, before: Mapping[Key, Sure], sources: Mapping[Key, Sure]
    ) -> Sure:
        came = before[origin.key]
        if flow is None:
            return came
        out = sources.get(origin.key) or self._done(origin, came)
        return self._chosen(origin, flow, out) if origin.kind == "exclusiveGateway" else out

    def _done(self, item: Element, came: Sure) -> Sure:
        gives = self.given.get(item.key, NONE)
        if item.kind == "userTask":
            return Sure(came.answered | gives, came.answered)
        if item.kind in CONTAINERS:
            inner = self._inside(scope_of(item))
            ends = _all([inner[end.key] for end in self._ends(scope_of(item))], self._all)
            return Sure(came.answered | ends.answered, came.answered | ends.back)
        return came.adding(gives)

    def _chosen(self, gateway: Element, flow: Flow, out: Sure) -> Sure:
        others = [one for one in self.drawing.flows_of(gateway) if one.condition and one.id != flow.id]
        own = implied(_read(flow.condition), True, self._by_itself) if flow.condition else NONE
        if flow.id == gateway.default or not flow.condition:
            own = frozenset().union(*(implied(_read(one.condition or ""), False, self._by_itself) for one in others))
        if BACK in own:
            out = Sure(out.back, out.back)
        elif any(BACK in implied(_read(one.condition or ""), True, self._by_itself) for one in others):
            out = Sure(out.answered, out.answered)
        return out.adding(own)

    def _by_itself(self, name: str) -> Names:
        """What a step that was done gave, wherever that was."""
        step = self._steps.get(name.removeprefix(TODO)) if name.startswith(TODO) else None
        return self.given.get(step.key, NONE) if step else NONE


def _all(ways: Iterable[Sure], otherwise: Sure) -> Sure:
    found = otherwise
    for number, way in enumerate(ways):
        found = found & way if number else way
    return found


def _read(text: str) -> Node:
    """Of a condition that another rule has against: nothing is sure."""
    try:
        return parse(text).root
    except FeelError:
        return Node(0)
