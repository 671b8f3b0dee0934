"""Keeps the queue server small: what dead workers left in RQ's registries. The outbox needs none of it."""

from __future__ import annotations

from rq import Queue
from rq.registry import clean_registries
from rq.worker_registration import clean_worker_registry


def tidy(*queues: Queue) -> None:
    """Clean the registries of the queues and of their workers; RQ's own worker does it only after minutes of work."""
    for queue in queues:
        clean_registries(queue)
        clean_worker_registry(queue)
