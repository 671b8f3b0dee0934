"""Ctrl-C during the start. A KeyboardInterrupt alone can be lost: raised inside a callback, a `__del__` or an import,
Python prints it and goes on. So the wish is noted as well, and asked for before each later stage."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class StopWish:
    """Whether this process was asked to stop."""

    made: bool = False

    def note(self, number: int, frame: object) -> None:
        self.made = True
        raise KeyboardInterrupt

    def heed(self) -> None:
        """KeyboardInterrupt when the wish was made, also when its first one was lost."""
        if self.made:
            raise KeyboardInterrupt


@contextmanager
def stop_wish() -> Iterator[StopWish]:
    """Listen for Ctrl-C and SIGTERM until the end of the block."""
    wish = StopWish()
    before = {number: signal.signal(number, wish.note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
