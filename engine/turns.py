"""Writers of one SQLite file take turns: each waits for the one before, and not by chance.

SQLite lets one write at a time, and whoever finds it busy sleeps longer and longer before he looks again: with eight
writers the unlucky one waits twenty times as long as the others. Here threads of one process stand in line, and the
first of each process looks at a lock of the file every millisecond. It is a courtesy, not a guard: who has waited for
`PATIENCE` goes on and meets SQLite's own lock, which alone keeps writers apart. A process that is killed holds nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting is all there is
    fcntl = None  # type: ignore[assignment]

PATIENCE = 5.0
_LOOK = 0.001


class Turns:
    """The line of one database in this process. Other databases have none."""

    def __init__(self, engine: Engine) -> None:
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = Path(f"{file}-turn") if file and file != ":memory:" and fcntl is not None else None
        self._first = Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it until the block ends."""
        if self._path is None:
            yield
            return
        until = time.monotonic() + PATIENCE
        is_first = self._first.acquire(timeout=PATIENCE)
        try:
            file = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o666)
            try:
                _wait(file, until)
                yield
            finally:
                os.close(file)
        finally:
            if is_first:
                self._first.release()


def _wait(file: int, until: float) -> None:
    """The lock goes with the file's closing."""
    while time.monotonic() < until:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            time.sleep(_LOOK)
