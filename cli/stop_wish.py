"""Ctrl-C during the start. A KeyboardInterrupt can be lost: raised inside a callback, a `__del__` or an import, Python
prints it and goes on (seen in a connection pool). So a first Ctrl-C is only noted, and heeded between the stages of the
start, which take seconds; a second one interrupts at once."""

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
        if self.made:
            raise KeyboardInterrupt
        self.made = True

    def heed(self) -> None:
        """KeyboardInterrupt when the wish was made."""
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
