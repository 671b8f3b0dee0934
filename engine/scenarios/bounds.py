"""How much one play may do: a scenario that asks for more is told so, and never hangs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.scenarios.faults import FAULTS
from engine.scenarios.wrong import Wrong

MOVES, SECONDS = 500, 30.0


@dataclass
class Bounds:
    """Counts the moves of one play; `monotonic` is a clock that only goes forwards."""

    monotonic: Callable[[], float]
    moves: int = MOVES
    seconds: float = SECONDS
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = self.monotonic() + self.seconds
        self._left = self.moves

    def spend(self, file: str, line: int) -> None:
        """One more move; Wrong when there were too many, or when it took too long."""
        self._left -= 1
        if self._left < 0:
            raise Wrong(FAULTS.found("scenario.play/long", file, None, line, most=str(self.moves)))
        if self.monotonic() > self._until:
            raise Wrong(FAULTS.found("scenario.play/time", file, None, line, most=f"{self.seconds:g}"))
