"""A stored state is finished by every branch: whatever may happen on the way happens once, and every road ends.

Not every combination of decisions is walked, which would be millions: each decision at each place is taken once, from
the first state that offers it, and followed until an end event. What was decided at its last place goes straight home.
After each thing that happens the state is stored and read again, as the engine does it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.bundles import Bundle
from engine.interpreter import FlowTaken, Run
from tests.golden.choices import Choice, choices, take

BOUND = 60
"""The longest chain asks some fifteen steps and four services, with a video and an application that is refused."""


@dataclass
class Finishing:
    """All roads from the states given to `finish`; what was taken, and at which end events they came out."""

    bundle: Bundle
    taken: set[tuple[str, str]] = field(default_factory=set)
    flows: set[FlowTaken] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)

    def finish(self, text: str, now: datetime) -> None:
        """Take every branch from here to an end; AssertionError where a road leads to none."""
        ahead = [(text, now)]
        while ahead:
            text, now = ahead.pop()
            fresh = [choice for choice in self._offered(text, now) if choice.key not in self.taken]
            ahead += [(text, now)] if len(fresh) > 1 else []
            after = self._take(text, fresh[0]) if fresh else None
            if after is not None:
                ahead += self._onward(*after)

    def _onward(self, text: str, now: datetime) -> list[tuple[str, datetime]]:
        """The state, where there is something new to decide; from any other a road home is walked."""
        offered = self._offered(text, now)
        if any(choice.key not in self.taken for choice in offered):
            return [(text, now)]
        self._home(text, now)
        return []

    def _home(self, text: str, now: datetime) -> None:
        for _ in range(BOUND):
            offered = self._offered(text, now)
            if not offered:
                return
            after = self._take(text, offered[0])
            assert after is not None
            text, now = after
        raise AssertionError(f"{BOUND} steps led to no end: {[choice.key for choice in offered]}")

    def _offered(self, text: str, now: datetime) -> list[Choice]:
        """What may happen to a stored state; nothing where it has come to its end."""
        run = Run.restore(self.bundle, text, now)
        found = choices(self.bundle, run, now)
        assert found or run.finished, f"nothing can happen, and it is not finished: {text[:200]}"
        if run.finished:
            self.ends.add(run.end or "")
            return []
        return found

    def _take(self, text: str, choice: Choice) -> tuple[str, datetime] | None:
        """The state after a choice; None where a failure has no road."""
        self.taken.add(choice.key)
        run = Run.restore(self.bundle, text, choice.when)
        if not take(run, choice):
            return None
        self.flows |= set(run.flows)
        return run.dump(), choice.when
