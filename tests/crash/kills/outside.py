"""Kills from outside, at random: parts and servers, and a queue that forgets everything."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from redis import Redis
from redis.exceptions import RedisError

from tests.crash.killing import children_of, killed
from tests.crash.kills.nursery import Nursery, kill_group

FLUSHALL = "FLUSHALL"


@dataclass
class Outside:
    """What it has done is `counted` in a file, which outlives a run."""

    nursery: Nursery
    queue_url: str
    random: Random
    kept: Path
    counted: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.kept.exists():
            self.counted.update(json.loads(self.kept.read_text("ascii")))

    def kill_one(self, upto: float) -> None:
        """A part or a server of the kind that was killed least: its group, its parent alone, or one of its children."""
        if self.counted.total() - self.counted[FLUSHALL] >= upto:
            return
        names = [name for name in self.nursery.parts if not name.startswith("client")]
        name = min(names, key=lambda name: (self._kills_of(kind_of(name)), self.random.random()))
        pid = self.nursery.pids.get(name)
        if pid is None:
            return
        children = children_of(pid)
        how = self.random.choice(["group", "child"] if name == "web" else ["group", "parent", "child"])
        if how == "child" and children:
            killed(self.random.choice(children))
        elif how == "parent":
            killed(pid)
        else:
            kill_group(pid)
        self._count(f"{kind_of(name)} {how if children else 'alone'}")

    def flush(self, upto: float) -> None:
        if self.counted[FLUSHALL] >= upto:
            return
        try:
            with Redis.from_url(self.queue_url, socket_timeout=1) as connection:
                connection.flushall()
            self._count(FLUSHALL)
        except (RedisError, OSError):
            return

    def _kills_of(self, kind: str) -> int:
        return sum(times for how, times in self.counted.items() if how.startswith(f"{kind} "))

    def _count(self, what: str) -> None:
        self.counted[what] += 1
        self.kept.write_text(json.dumps(self.counted), "ascii")


def kind_of(part: str) -> str:
    return part.split(".")[0]
