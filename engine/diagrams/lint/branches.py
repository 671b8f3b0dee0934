"""Branches: what is split in parallel comes together again, once and whole.

A scope is played with tokens on its flows: every way that they may go, however the conditions and the people decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.diagrams.cycles import reach
from engine.diagrams.drawing import Drawing
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.model import Element, Flow, Key
from engine.diagrams.roads import scope_graph
from engine.diagrams.words import called
from engine.feel.findings import Finding

MOST_STATES = 1_000
"""So many states of a scope are looked at; what was found until then stays found."""

State = frozenset[Flow]
"""The flows that hold a token."""


def branches_meet(subject: Subject) -> Iterator[Finding]:
    for elements in subject.drawing.scopes.values():
        if _has_branches(elements):
            game = _Game(subject.drawing, elements)
            game.play()
            for fault, keys in (("branch.stuck", game.stuck), ("branch.twice", game.twice)):
                for item in (item for item in elements if item.key in keys):
                    yield at(fault, item, element=called(item))


def _has_branches(elements: Iterable[Element]) -> bool:
    return any(item.kind == "parallelGateway" or not item.interrupting for item in elements)


@dataclass
class _Game:
    """Plays every way; `stuck` are joins that may wait for ever, `twice` elements that two tokens may come to."""

    drawing: Drawing
    elements: Sequence[Element]
    stuck: set[Key] = field(default_factory=set)
    twice: set[Key] = field(default_factory=set)

    def play(self) -> None:
        starts = [item for item in self.elements if item.kind == "startEvent"]
        waiting = [frozenset(self.drawing.flows_of(start)) for start in starts[:1]]
        seen: set[State] = set()
        while waiting and len(seen) < MOST_STATES:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += self._after(state)

    def _after(self, state: State) -> list[State]:
        reached = [self.drawing.elements[key] for key in self._reached(state)]
        moves = [(spent, got) for item in reached for spent, got in self._moves(item, state)]
        if state and not moves:
            self.stuck |= self._reached(state)
        return [after for spent, got in moves if (after := self._put(state - spent, got)) is not None]

    def _put(self, rest: State, got: Sequence[Flow]) -> State | None:
        """The tokens that are left with the new ones; two on one flow are a finding, and played no further."""
        doubled = [flow for flow, count in Counter([*rest, *got]).items() if count > 1]
        self.twice |= self._reached(doubled)
        return None if doubled else rest | set(got)

    def _reached(self, flows: Iterable[Flow]) -> set[Key]:
        return {(flow.process, flow.target) for flow in flows}

    def _moves(self, item: Element, state: State) -> Iterator[tuple[State, Sequence[Flow]]]:
        """What an element may take from its flows, and what it may give for it."""
        incoming = self._incoming[item.key]
        here, out = incoming & state, self.drawing.flows_of(item)
        if item.kind == "parallelGateway":
            if here == incoming:
                yield incoming, out
            return
        for token in here:
            yield from self._one(item, frozenset({token}), out, state)

    def _one(
        self, item: Element, token: State, out: Sequence[Flow], state: State
    ) -> Iterator[tuple[State, Sequence[Flow]]]:
        if item.kind == "endEvent":
            ends_all = item.event is not None and item.event.kind in ("terminate", "error")
            yield (state if ends_all else token), ()
        elif item.kind.endswith("Gateway"):
            yield from ((token, (flow,)) for flow in out)
        else:
            yield token, out
            for boundary in self.drawing.boundaries_of(item):
                beside = self.drawing.flows_of(boundary)
                if boundary.interrupting:
                    yield token, beside
                elif not state & self._own[boundary.key]:
                    yield token, (*beside, *out)

    @cached_property
    def _own(self) -> dict[Key, State]:
        """The flows that only a branch beside goes: an event that happens in a later round starts no second one."""
        main = [item for item in self.elements if item.interrupting]
        others = reach(scope_graph(self.drawing, main), [item.key for item in main if item.kind == "startEvent"])
        whole = scope_graph(self.drawing, self.elements)
        beside = [item for item in self.elements if not item.interrupting]
        return {item.key: self._flows(reach(whole, [item.key]) - others) for item in beside}

    def _flows(self, keys: Iterable[Key]) -> State:
        return frozenset(flow for key in keys for flow in self.drawing.outgoing.get(key, ()))

    @cached_property
    def _incoming(self) -> dict[Key, State]:
        flows = [flow for item in self.elements for flow in self.drawing.flows_of(item)]
        return {item.key: frozenset(flow for flow in flows if flow.target == item.id) for item in self.elements}


RULES: tuple[Rule, ...] = (branches_meet,)
