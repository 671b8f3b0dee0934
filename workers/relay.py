"""The relay: carries due jobs to the queue, fires timers, tidies up. It may be killed at any moment."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from engine import bookings, calls, claims, outbox, proposals, recording_term, texts, timers, video_queue
from engine.outbox import SentJob
from engine.retention import shred_given_up
from engine.store import Store
from workers.expiry import forget_expired
from workers.house import House, build
from workers.janitor import tidy
from workers.queue import PATIENCE, beside, connect_queue, send
from workers.settings import FILMS, READING, WorkerSettings
from workers.sparing import spared
from workers.tracks import Tracks

PAUSE = 0.2
BEAT = 2.0
BATCH = 50

_log = logging.getLogger("kaihu.relay")
AWAY = (RedisError, OSError)


@dataclass
class Relay:
    """Leases what is due and sends it. What could not be sent is kept and tried again; its lease brings it back too."""

    store: Store
    queue: Queue
    unsent: list[SentJob] = field(default_factory=list)

    def turn(self) -> int:
        """One look at the outbox, codes first since somebody waits for them; how many are on their way."""
        if not self.unsent and self._anything_is_due() and self._server_is_there():
            self.unsent = [*texts.due(self.store, BATCH), *outbox.due(self.store, BATCH)]
        sent = 0
        while self.unsent and self._send(self.unsent[0]):
            self.unsent.pop(0)
            sent += 1
        return sent

    def _anything_is_due(self) -> bool:
        """Mostly nothing is: one short look answers that, and asks no server."""
        now = self.store.clock.now()
        with self.store.read() as tx:
            return texts.any_due(tx, now) or outbox.any_due(tx, now)

    def _server_is_there(self) -> bool:
        """Leasing without a server would only use up attempts."""
        try:
            return bool(self.queue.connection.ping())
        except AWAY:
            return False

    def _send(self, job: SentJob) -> bool:
        try:
            queue = self._queue_of(job)
            if not spared(self.store, job, queue):
                send(queue, job.job_id, job.attempt, job.lease_seconds)
        except DuplicateJobError:
            return True
        except AWAY as away:
            _log.warning("the queue server is away (%s); %d jobs wait", type(away).__name__, len(self.unsent))
            return False
        return True

    def _queue_of(self, job: SentJob) -> Queue:
        """What reads photographs has a worker, and so a queue, of its own; a text is no service."""
        spec = self.store.services.get(job.service)
        return beside(self.queue, spec.queue if spec is not None else "")


@dataclass
class Chore:
    """Something to do every so often. One that fails is told and done again; it stops nobody else."""

    name: str
    every: float
    do: Callable[[], object]
    next_at: float = 0.0

    def perhaps(self, now: float) -> None:
        if now < self.next_at:
            return
        self.next_at = now + self.every
        try:
            self.do()
        except Exception as wrong:
            _log.error("%s: %s", self.name, type(wrong).__name__, exc_info=_details(wrong))


def _details(wrong: Exception) -> Exception | None:
    """A database error's text may hold values; its class is enough."""
    return None if hasattr(wrong, "statement") else wrong


def chores(house: House, queue: Queue) -> list[Chore]:
    """Everything that the relay does, in the order in which it matters."""
    relay = Relay(house.store, queue)
    return [
        Chore("relay", PAUSE, relay.turn),
        Chore("timers", 1.0, lambda: timers.sweep(house.store)),
        Chore("line", 15.0, lambda: video_queue.drop_absent(house.store)),
        Chore("claims", 15.0, lambda: claims.tell_lapsed(house.store)),
        Chore("calls", 15.0, lambda: calls.close_left(house.store)),
        Chore("appointments", 60.0, lambda: bookings.close_missed(house.store)),
        Chore("reminders", 60.0, lambda: bookings.remind(house.store)),
        Chore("janitor", 30.0, lambda: tidy(queue, beside(queue, READING), beside(queue, FILMS))),
        Chore("expiry", 600.0, lambda: forget_expired(house.store)),
        Chore("proposals", 3600.0, lambda: proposals.discard_old(house.store)),
        Chore("retention", 600.0, lambda: shred_given_up(house.store)),
        Chore("recordings", 3600.0, lambda: recording_term.delete_due(house.store)),
    ]


def relay_main(settings: WorkerSettings, *, house: House | None = None, stop: threading.Event | None = None) -> None:
    """Run the chores until SIGTERM or SIGINT."""
    done = stop or stopped_by_signals()
    lived_in = house or build(settings)
    todo = [*chores(lived_in, connect_queue(settings, PATIENCE)), *recorded(lived_in, settings)]
    go_round([*todo, Chore("beat", BEAT, lambda: beat(settings.data_dir))], done)


def recorded(house: House, settings: WorkerSettings) -> list[Chore]:
    """Only where a media server records."""
    return [] if settings.tracks is None else [Chore("tracks", 1.0, Tracks(house.store, settings.tracks).look)]


def go_round(todo: Sequence[Chore], done: threading.Event) -> None:
    """Do each chore as often as it says, until it is done."""
    while not done.is_set():
        for chore in todo:
            chore.perhaps(time.monotonic())
        done.wait(PAUSE)


def beat(data_dir: Path) -> None:
    """A sign of life for /healthz and `kaihu doctor`: this file's time is when the relay last came round."""
    sign = data_dir / "beats" / "relay"
    sign.parent.mkdir(mode=0o700, exist_ok=True)
    sign.touch()


def stopped_by_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
