"""The clock of a run: fast, with jumps, and with spells in which it stands still."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta

from tests.crash.kills.board import Board

SPEED = 20  # so many times as fast as the clock on the wall
JUMP = timedelta(hours=7)  # longer than the timer of the errands, and than every lease


@dataclass
class Ticking:
    """Moves the board's clock; only the conductor does."""

    board: Board
    _seen: float = field(default_factory=time.monotonic)
    _jumped: float = field(default_factory=time.monotonic)
    _still_until: float = 0.0

    def tick(self) -> None:
        now = time.monotonic()
        if now > self._still_until:
            self.board.set_clock(self.board.now() + timedelta(seconds=(now - self._seen) * SPEED))
        self._seen = now

    def jump(self) -> None:
        """Every timer and every lease is over at once, also of jobs that are being done; as after a downtime."""
        self.board.set_clock(self.board.now() + JUMP)
        self._jumped = time.monotonic()

    def since_jump(self) -> float:
        return time.monotonic() - self._jumped

    def stand_still(self, seconds: float) -> None:
        """Nothing becomes due any more, and all that happens happens at one moment. A jump may come out of it."""
        self._still_until = time.monotonic() + seconds
