"""The queue as Kaihu uses RQ: JSON, ids only, and one function, whatever somebody writes to the server."""

from __future__ import annotations

import re
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.job import Job

from workers import run
from workers.settings import WorkerSettings

ID = re.compile(r"[0-9a-f]{32}")
MARGIN = 10  # seconds by which a job must end before its lease does
QUEUED = 600  # seconds that an attempt waits for a worker at most
KEPT = 60  # seconds that RQ keeps what became of a job; the truth is in the outbox
FAILURES_KEPT = 3600
PATIENCE = 5.0


class Forged(Exception):
    """A job that Kaihu did not send. Its function was not looked up."""


class KaihuJob(Job):
    """A job that can only perform one outbox job, whatever its record in Redis says."""

    def perform(self) -> Any:
        """Check the name and the arguments, then call our own function: what Redis names is never imported."""
        job_id, attempt = self.checked()
        return run.perform(job_id, attempt)

    def checked(self) -> tuple[str, int]:
        """The job of the outbox and its attempt; Forged when this is no job of ours."""
        if self.func_name != run.NAME or self.instance is not None or self.kwargs:
            raise Forged("not our function")
        if len(self.args) != 2:
            raise Forged("not our arguments")
        job_id, attempt = self.args
        if not isinstance(job_id, str) or not ID.fullmatch(job_id) or type(attempt) is not int:
            raise Forged("not our arguments")
        return job_id, attempt

    @property
    def func(self) -> Any:
        """The one function: RQ's own would import what Redis names."""
        return run.perform

    # RQ would import these names from Redis, or post to these addresses. Kaihu uses none of them.
    @property
    def success_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None

    def send_webhooks(self, *args: Any, **kwargs: Any) -> None:
        return None


def connect_queue(settings: WorkerSettings, patience: float | None = None) -> Queue:
    """The one queue of an installation. A server that is away is an error at once, for the caller to wait out.

    With `patience` (seconds) a server that hangs is one too; a worker has none, it waits for jobs.
    """
    once = Retry(NoBackoff(), 0)
    connection = Redis.from_url(settings.redis_url, socket_timeout=patience, health_check_interval=30, retry=once)
    return Queue(settings.queue, connection=connection, job_class=KaihuJob, serializer="json")


def beside(queue: Queue, name: str) -> Queue:
    """The installation's queue of this name; the ordinary one has none."""
    return Queue(
        f"{queue.name}-{name}" if name else queue.name,
        connection=queue.connection,
        job_class=KaihuJob,
        serializer="json",
    )


def send(queue: Queue, job_id: str, attempt: int, lease: int) -> None:
    """Put a leased job into the queue. DuplicateJobError when it is there already.

    It ends before its lease does, and leaves the queue soon after: a worker that was away finds no heap of old ones.
    """
    seconds = max(1, lease - MARGIN)
    name = f"{job_id}-{attempt}"
    queue.enqueue_call(
        run.NAME,
        args=(job_id, attempt),
        timeout=seconds,
        ttl=max(QUEUED, lease),
        result_ttl=KEPT,
        failure_ttl=FAILURES_KEPT,
        description=name,
        job_id=name,
        unique=True,
    )
