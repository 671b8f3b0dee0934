"""The worker: forks a bounded process for each job, which dies with it."""

from __future__ import annotations

import logging
import threading
from typing import Any

from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import TimeoutError as ServerSlow
from rq import Queue, Worker
from rq.job import Job
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engine import outbox
from engine.bundles import Bundle, businesses
from engine.errors import Refused
from engine.store import Store
from engine.tries import NO_ANSWER
from workers import run
from workers.house import House, build
from workers.limits import die_with_parent, limit_memory
from workers.queue import Forged, KaihuJob, beside, connect_queue
from workers.settings import FILMS, READING, WorkerSettings

AWAY = (ServerAway, ServerSlow, ConnectionError, FileNotFoundError)
BREATH = 0.5
HEARD_OF = 60  # seconds: an idle worker that ends without a word is forgotten in twice that, for /healthz

_log = logging.getLogger("kaihu.worker")


class KaihuWorker(Worker):
    """RQ's forking worker. A job runs in a child that dies with it."""

    house: House

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        die_with_parent()
        limit_memory()
        self.house.store.db.dispose(close=False)  # a connection must not have two users
        run.live_in(self.house)
        super().main_work_horse(job, queue)

    def handle_work_horse_killed(self, job: KaihuJob, retpid: int, ret_val: int, rusage: object) -> None:
        """The outbox hears now what else the end of the lease would tell it: who waits for the job waits less."""
        super().handle_work_horse_killed(job, retpid, ret_val, rusage)  # type: ignore[no-untyped-call]
        try:
            outbox.fail(self.house.store, *job.checked(), NO_ANSWER)
        except (Forged, Refused, SQLAlchemyError, OSError) as wrong:  # a text, or no database: the lease ends too
            _log.warning("%s is not told that its process died (%s)", job.id, type(wrong).__name__)
        finally:
            self.house.store.db.dispose()  # the next job inherits no connection


def worker_main(settings: WorkerSettings, *, burst: bool = False, house: House | None = None) -> None:
    """Work until SIGTERM, which lets the job at hand end. A server that is away is waited for."""
    place = house or build(settings)
    _warm_up(place.store)
    _work(settings, place, burst, "")


def reader_main(settings: WorkerSettings, *, burst: bool = False, house: House | None = None) -> None:
    """The same for the one worker that reads photographs: it alone carries the models, loaded before the first job."""
    from workers.photos.reading import warm

    place = house or build(settings)
    warm()
    _warm_up(place.store)
    _work(settings, place, burst, READING)


def films_main(settings: WorkerSettings, *, burst: bool = False, house: House | None = None) -> None:
    """The same for the one worker that makes films of calls, so that no code and no photograph waits for a film."""
    _work(settings, house or build(settings), burst, FILMS)


def _work(settings: WorkerSettings, place: House, burst: bool, queue: str) -> None:
    worker = _when_there(settings, queue)
    worker.house = place
    worker.work(burst=burst, with_scheduler=False, logging_level="WARNING")


def _warm_up(store: Store) -> None:
    """Load the pixels and the published diagrams once, before the first fork: a child inherits both.

    Nothing here may touch the blobs: their library's threads would not live in a child.
    """
    from workers.photos.pipeline import rehearse

    rehearse()
    try:
        with store.read() as tx:
            for bundle in _in_use(store, tx):
                bundle.spec()
    except SQLAlchemyError as wrong:
        _log.warning("diagrams are not loaded yet (%s)", type(wrong).__name__)
    finally:
        store.db.dispose()


def _in_use(store: Store, tx: Session) -> list[Bundle]:
    return businesses(tx, store.known, store.clock.now()) if store.known is not None else []


def _when_there(settings: WorkerSettings, queue: str) -> KaihuWorker:
    waiting = threading.Event()
    while True:
        try:
            return _worker(beside(connect_queue(settings), queue))
        except AWAY as away:
            _log.warning("the queue server is away (%s); trying again", type(away).__name__)
            waiting.wait(BREATH)


def _worker(queue: Queue) -> KaihuWorker:
    """One queue: with several, RQ can lose a job between taking it and writing down that it did."""
    options: dict[str, Any] = {"job_class": KaihuJob, "serializer": "json", "connection": queue.connection}
    options["worker_ttl"] = HEARD_OF
    queue.connection.ping()
    return KaihuWorker([queue], job_monitoring_interval=5, **options)
