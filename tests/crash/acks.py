"""What a client was told: written down, and on disk, after the answer and before anything else."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock


@dataclass(frozen=True)
class Ack:
    """One accepted intention: a submission by its id, or an upload (which has none) by its case and slot."""

    kind: str
    case_id: str
    id: str


class Acks:
    """An append-only file, flushed to disk at each line; threads and killed processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def write(self, ack: Ack) -> None:
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(ack)) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[Ack]:
        if not self.path.exists():
            return []
        return [Ack(**json.loads(line)) for line in self.path.read_text("utf-8").splitlines()]

    def count(self, kind: str) -> int:
        return sum(ack.kind == kind for ack in self.read())
