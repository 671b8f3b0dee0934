"""What the conductor tells all its processes, in shared memory: the time, that it is over, what is to crash."""

from __future__ import annotations

import mmap
import os
import signal
import struct
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.clock import SHANGHAI

MOMENT, OVER, FIRST, EACH = 0, 8, 12, 4


@dataclass
class Board:
    """Shared by every process that is forked after it was made. A point that was hit is written to a file first."""

    names: Sequence[str]
    hits: Path

    def __post_init__(self) -> None:
        self._memory = mmap.mmap(-1, FIRST + EACH * len(self.names))
        self._counted: tuple[int, Counter[str]] = (0, Counter())
        self._places = {name: FIRST + EACH * place for place, name in enumerate(self.names)}

    def now(self) -> datetime:
        """The clock of all parts; it stands still unless the conductor moves it."""
        return datetime.fromtimestamp(struct.unpack_from("=d", self._memory, MOMENT)[0], SHANGHAI)

    def set_clock(self, moment: datetime) -> None:
        struct.pack_into("=d", self._memory, MOMENT, moment.timestamp())

    @property
    def over(self) -> bool:
        return bool(self._read(OVER))

    @over.setter
    def over(self, value: bool) -> None:
        struct.pack_into("=i", self._memory, OVER, value)

    def arm(self, name: str, passages: int) -> None:
        """Whoever is the so-many-th to pass this point from now on dies there; 0 disarms it."""
        struct.pack_into("=i", self._memory, self._places[name], passages)

    def pass_by(self, name: str) -> None:
        """A process comes to a point. Two at the same instant may both die, and both are counted."""
        left = self._read(self._places[name])
        if left > 0:
            self.arm(name, left - 1)
        if left == 1:
            self.die_at(name)

    def die_at(self, name: str) -> None:
        line = f"{name} {os.getpid()} {time.time():.3f}\n".encode()
        file = os.open(self.hits, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, line)
        os.kill(os.getpid(), signal.SIGKILL)

    def count(self) -> Counter[str]:
        """How often each point was hit, also by runs before this one."""
        size = self.hits.stat().st_size if self.hits.exists() else 0
        if size != self._counted[0]:
            lines = self.hits.read_text("ascii").splitlines()
            self._counted = size, Counter(line.split()[0] for line in lines)
        return self._counted[1]

    def _read(self, place: int) -> int:
        return int(struct.unpack_from("=i", self._memory, place)[0])
