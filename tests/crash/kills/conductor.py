"""A run: parts are kept alive, killed at points and from outside, the queue is emptied, the clock goes on in jumps."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from random import Random

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engine import texts
from engine.tables import Job, OutgoingText, Photo, Timer
from tests.crash.acks import Acks
from tests.crash.kills import client, goals, points
from tests.crash.kills.aim import Aim
from tests.crash.kills.goals import Done, Goals
from tests.crash.kills.nursery import Nursery, Part
from tests.crash.kills.outside import Outside
from tests.crash.kills.parts import Parts
from tests.crash.kills.ticking import Ticking
from tests.crash.kills.town import CUSTOMERS, Town
from workers.queue_server import QueueServer

TURN = 0.02
FEW = 1  # jobs in the queue: at a jump all that were sent are sent anew, and workers must not drown in old attempts
JUMPS, OUTER, FLUSHES, STOPS = (1.5, 4.0), (0.3, 2.5), (3.0, 12.0), (10.0, 40.0)  # seconds between two of them
STILL = (1.0, 4.0)  # seconds that the clock stands still
LONGEST, MANY = 20.0, 20  # seconds without a jump, after which there may be more
LOOK = 2.0
SERVER, DATABASE = "queue server", "database"


@dataclass
class Conductor:
    """Conducts until the goals are reached or the time is over, and then until everything has come to rest."""

    town: Town
    parts: Parts
    server: QueueServer
    wanted: Goals
    random: Random
    points: tuple[str, ...] = points.NAMES
    say: Callable[[str], None] = print
    _next: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.acks = Acks(self.town.folder / "acks")
        self.aim = Aim(self.town.board, self.points, self.wanted.hits, self.random)
        clients: dict[str, Part] = {f"client.{each}": self._client(each) for each in range(CUSTOMERS)}
        parts: dict[str, Part] = {SERVER: self._serve, **self.parts.by_name(), **clients}
        self.nursery = Nursery(parts, clients.keys(), self.town.folder / "logs")
        self.outside = Outside(self.nursery, self.town.queue_url, self.random, self.town.folder / "outer.json")
        self.clock = Ticking(self.town.board)
        self._store = self.town.store()
        self._share = 0.0

    def keep(self, database: Part) -> None:
        """A database server is one more part."""
        self.nursery.parts = {DATABASE: database, **self.nursery.parts}

    def work(self, seconds: float) -> bool:
        """Whether the goals were reached in this time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._turn()
            self.aim.again(self.town.board.count(), self._share)
            self._every("stop", STOPS, self._stand_still)
            self._every("jump", JUMPS, self._jump_perhaps)
            self._every("outer", OUTER, lambda: self.outside.kill_one(self._by_now(self.wanted.outer)))
            self._every("flush", FLUSHES, lambda: self.outside.flush(self._by_now(self.wanted.flushes)))
            if self._looks() and self._is_far_enough():
                return True
        return False

    def settle(self, seconds: float) -> bool:
        """Nobody asks and nobody dies any more: whether everything came to rest in this time."""
        self.aim.rest()
        self.town.board.over = True
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._turn()
            self._every("jump", JUMPS, self._jump_perhaps)
            if self._looks() and not any(name.startswith("client") for name in self.nursery.pids) and self._at_rest():
                return True
        return False

    def stop(self) -> None:
        self.town.board.over = True
        self.nursery.stop()
        self.server.tidy()

    def so_far(self) -> Done:
        with self._store.read() as tx:
            return goals.done(tx, self.acks.read(), self.town.board.count(), self.points, self.outside.counted)

    def _is_far_enough(self) -> bool:
        try:
            so_far = self.so_far()
        except OperationalError:  # the database server has just been killed
            return False
        self._share = so_far.share(self.wanted)
        return so_far.reaches(self.wanted)

    def _turn(self) -> None:
        self.nursery.keep_alive()
        self.clock.tick()
        time.sleep(TURN)

    def _every(self, name: str, span: tuple[float, float], what: Callable[[], None]) -> None:
        now = time.monotonic()
        if name in self._next and now >= self._next[name]:
            what()
        if name not in self._next or now >= self._next[name]:
            self._next[name] = now + self.random.uniform(*span)

    def _looks(self) -> bool:
        now = time.monotonic()
        if now < self._next.get("look", 0.0):
            return False
        self._next["look"] = now + LOOK
        (self.town.folder / "clock").write_text(self.town.board.now().isoformat(), "ascii")
        return True

    def _jump_perhaps(self) -> None:
        if self._queued() <= (FEW if self.clock.since_jump() < LONGEST else MANY):
            self.clock.jump()

    def _stand_still(self) -> None:
        self.clock.stand_still(self.random.uniform(*STILL))

    def _queued(self) -> float:
        """How many jobs wait in the queue; no end of them while the server is away."""
        try:
            with Redis.from_url(self.town.queue_url, socket_timeout=1) as connection:
                return int(connection.llen(f"{Queue.redis_queue_namespace_prefix}{self.town.working.queue}"))
        except (RedisError, OSError):
            return inf

    def _by_now(self, goal: int) -> float:
        return min(goal, 1 + goal * self._share)

    def _at_rest(self) -> bool:
        try:
            with self._store.read() as tx:
                return waiting(tx) == 0
        except OperationalError:  # the database server is not back yet
            return False

    def _serve(self) -> None:
        self.server.socket.unlink(missing_ok=True)
        os.execv(self.server.binary, self.server.command)

    def _client(self, number: int) -> Part:
        seed = self.random.getrandbits(32)
        return lambda: client.work(number, self.parts.port, self.acks.path, self.town, seed)


def waiting(tx: Session) -> int:
    """Jobs, timers, codes and photographs that somebody has still to do something about."""
    jobs = select(func.count()).select_from(Job).where(Job.status.in_(("due", "sent")))
    timers = select(func.count()).select_from(Timer)
    looks = select(func.count()).select_from(Photo).where(Photo.status == "processing")
    codes = select(func.count()).select_from(OutgoingText).where(OutgoingText.status == texts.DUE)
    return sum(tx.scalar(query) or 0 for query in (jobs, timers, looks, codes))
