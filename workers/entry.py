"""The processes of the worker's room, as functions."""

from __future__ import annotations

import logging

from workers.settings import WorkerSettings


def worker_main(settings: WorkerSettings) -> None:
    """One worker process; does not return before it is told to stop."""
    _log_plainly()
    from workers import worker

    worker.worker_main(settings)


def reader_main(settings: WorkerSettings) -> None:
    """The worker that reads photographs; does not return before it is told to stop."""
    _log_plainly()
    from workers import worker

    worker.reader_main(settings)


def films_main(settings: WorkerSettings) -> None:
    """The worker that makes films of calls; does not return before it is told to stop."""
    _log_plainly()
    from workers import worker

    worker.films_main(settings)


def relay_main(settings: WorkerSettings) -> None:
    """The relay, timers and janitor in one process; does not return before it is told to stop."""
    _log_plainly()
    from workers import relay

    relay.relay_main(settings)


def _log_plainly() -> None:
    """Ids, names of services and of error classes: what these rooms log holds nobody's data."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for chatty in ("rq", "spiff"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
