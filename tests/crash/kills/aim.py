"""Which points are armed: always a few, those that were hit least, and each until somebody dies there.

Hits keep step with the work. Points that somebody passes at each request would else be done with in minutes, in which
the parts do nothing but start, and the others would then be alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.crash.kills.board import Board

AT_ONCE = {"web": 4, "relay": 2, "timers": 3, "worker": 7}
AHEAD = 2  # hits of a point beyond its share
WAIT = 15.0  # seconds after which another point is tried
PASSAGES = 3  # who dies is the first, second or third; at a point that is far behind, the first


@dataclass
class Aim:
    """Arms the points of each kind until every one has been hit so many `times`."""

    board: Board
    points: Sequence[str]
    times: int
    random: Random
    armed: dict[str, tuple[int, float]] = field(default_factory=dict)
    """By point: how often it had been hit when it was armed, and when that was."""

    def again(self, hits: Counter[str], share: float) -> None:
        """Disarm what was hit or waited for too long, and arm others; `share` of the work is done."""
        upto = min(self.times, AHEAD + self.times * share)
        now = time.monotonic()
        for name, (before, since) in list(self.armed.items()):
            if hits[name] > before or now > since + WAIT:
                self._disarm(name)
        for kind, most in AT_ONCE.items():
            mine = [name for name in self.points if name.startswith(kind) and name not in self.armed]
            wanted = [name for name in mine if hits[name] < upto]
            for name in sorted(wanted, key=lambda name: (hits[name], self.random.random())):
                taken = {unit_of(armed) for armed in self.armed if armed.startswith(kind)}
                if len(taken) < most and unit_of(name) not in taken:
                    self.armed[name] = (hits[name], now)
                    self.board.arm(name, 1 if hits[name] < upto / 2 else self.random.randint(1, PASSAGES))

    def rest(self) -> None:
        for name in list(self.armed):
            self._disarm(name)

    def _disarm(self, name: str) -> None:
        del self.armed[name]
        self.board.arm(name, 0)


def unit_of(point: str) -> str:
    """One point of each unit at a time: who always dies at the first never comes to the last."""
    return point.rpartition(".")[0]
