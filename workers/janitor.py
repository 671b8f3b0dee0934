"""Keeps the queue server small: what dead workers left in RQ's registries. The outbox needs none of it."""

from __future__ import annotations

from rq import Queue
from rq.registry import clean_registries
from rq.worker_registration import clean_worker_registry


def tidy(queue: Queue) -> None:
    """Clean the registries of the queue and of workers; RQ's own worker does it only after minutes of work."""
    clean_registries(queue)
    clean_worker_registry(queue)
