"""The outbox: jobs that a committed step wants done. Sent at least once, counted exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from engine import tries
from engine.actors import SYSTEM, Actor
from engine.cases.holding import Held, holding
from engine.cases.inbox import resolve_incidents
from engine.errors import Gone
from engine.services import ServiceSpec
from engine.store import Store
from engine.tables import Incident, Job

EXHAUSTED = "exhausted"
_FIRST, _LONGEST = 5, 600
_WAITING = and_(Job.status == "due", Job.run_after <= bindparam("now"))
_UNANSWERED = and_(Job.status == "sent", Job.lease_until < bindparam("now"))
_IS_DUE = and_(Job.ended_at.is_(None), or_(_WAITING, _UNANSWERED))  # the index has no others
_ANY = select(Job.id).where(_IS_DUE).limit(1)
"""Built once: the relay asks this five times a second, and to build it anew would cost twice what asking does."""


@dataclass(frozen=True)
class SentJob:
    """A job that was leased to a worker. The attempt is for the lease and the log, never for deciding what counts."""

    job_id: str
    attempt: int
    service: str
    lease_seconds: int


def due(store: Store, limit: int = 50) -> list[SentJob]:
    """Lease what is due, and what was sent and not answered in its lease. Send it on after this returns."""
    with store.read() as tx:
        if not any_due(tx, store.clock.now()):
            return []
    sent, lost = store.unit(lambda tx: _lease(store, tx, limit))
    for job_id, attempt in lost:
        fail(store, job_id, attempt, tries.NO_ANSWER)
    return sent


def any_due(tx: Session, now: datetime) -> bool:
    return tx.scalar(_ANY, {"now": now}) is not None


def take(store: Store, job_id: str, attempt: int) -> None:
    """A worker begins with this attempt. What nobody ever took was not tried."""
    store.unit(lambda tx: tries.take(tx, job_id, attempt))


def is_last(store: Store, tx: Session, job: Job) -> bool:
    """Whether a job is given up when this attempt fails: all those before it were really tried, and are used up."""
    return job.attempt >= job.max_attempts and not _untaken(store, tx, job, job.attempt)


def finish(
    store: Store,
    job_id: str,
    attempt: int,
    facts: Mapping[str, Any],
    effect: Callable[[Session], None] | None = None,
) -> bool:
    """Accept a result, with its effect in the same transaction; False when it came too late to count.

    It counts when the job is not done yet and its task still waits, whatever the attempt.
    """

    def work(tx: Session) -> bool:
        held, job = _held(store, tx, job_id)
        if job.status in ("done", "discarded"):
            return False
        check_results(store.services[job.service], facts)
        if effect is not None:
            effect(tx)
        tries.end(tx, job.id, attempt, held.now)
        resolve_incidents(tx, job.id, "late", held.now)
        answer(held, job, facts, SYSTEM, "result", {"attempt": attempt})
        return True

    return store.unit(work)


def answer(held: Held, job: Job, facts: Mapping[str, Any], by: Actor, action: str, more: Mapping[str, object]) -> None:
    """The job's result, whoever gives it: the job is done, and its task goes on. In the caller's write unit."""
    job.status, job.ended_at, job.lease_until = "done", held.now, None
    body = {"job": job.id, "service": job.service, "facts": dict(facts), **more}
    if job.task_id is None:
        held.write_down(by, action, body)
    else:
        held.run.answer(job.task_id, facts)
        held.settle(by, action, body)


def check_results(spec: ServiceSpec, facts: Mapping[str, Any]) -> None:
    """ValueError unless these are the service's own facts."""
    if set(facts) != set(spec.results):
        raise ValueError(f"{spec.name} answers with {sorted(spec.results)}, not with {sorted(facts)}")
    for name, kind in spec.results.items():
        if facts[name] is not None and not isinstance(facts[name], kind):
            raise ValueError(f"{spec.name}: {name} is no {kind.__name__}")


def fail(store: Store, job_id: str, attempt: int, error: str, permanent: bool = False) -> None:
    """A worker could not do it: try again later, or take the diagram's error road, or call an operator."""

    def work(tx: Session) -> None:
        held, job = _held(store, tx, job_id)
        if job.status != "sent" or job.attempt != attempt:
            return
        job.last_error, job.lease_until = error[:500], None
        tries.end(tx, job.id, attempt, held.now, job.last_error)
        if permanent or job.attempt >= job.max_attempts:
            _give_up(held, job, permanent)
        else:
            tried = _tried(store.services[job.service], job)
            job.status, job.run_after = "due", held.now + pause(job.id, job.attempt, tried)

    store.unit(work)


def _lease(store: Store, tx: Session, limit: int) -> tuple[list[SentJob], list[tuple[str, int]]]:
    now = store.clock.now()
    wanted = select(Job).where(_IS_DUE).order_by(Job.run_after, Job.id).limit(limit)
    jobs = list(tx.scalars(wanted.with_for_update(skip_locked=True), {"now": now}))
    lost = [job for job in jobs if job.attempt >= job.max_attempts]
    sent = [_send(store, tx, job, now) for job in jobs if job.attempt < job.max_attempts]
    return sent, [(job.id, job.attempt) for job in lost]


def _send(store: Store, tx: Session, job: Job, now: datetime) -> SentJob:
    """The attempt counts before the work, so that a job that kills its worker runs out of them."""
    lease = store.services[job.service].lease
    if job.status == "sent":
        tries.end(tx, job.id, job.attempt, now, tries.NO_ANSWER)
    job.status, job.attempt, job.lease_until = "sent", job.attempt + 1, now + timedelta(seconds=lease)
    tries.begin(tx, job, now)
    return SentJob(job.id, job.attempt, job.service, lease)


def _held(store: Store, tx: Session, job_id: str) -> tuple[Held, Job]:
    """Lock the case, then the job: everything that changes a case does it in this order."""
    case_id = tx.scalar(select(Job.case_id).where(Job.id == job_id))
    if case_id is None:
        raise Gone
    held = holding(store, tx, case_id)
    job = tx.get(Job, job_id, with_for_update=True, populate_existing=True)
    assert job is not None
    return held, job


def _give_up(held: Held, job: Job, permanent: bool) -> None:
    """The error boundary event of this one task, if it is drawn; an operator otherwise.

    An operator can do nothing about a job that no worker came for: such attempts are not counted.
    """
    body = {"job": job.id, "service": job.service, "attempt": job.attempt}
    if job.task_id is not None and held.run.fail(job.task_id, EXHAUSTED):
        held.settle(SYSTEM, EXHAUSTED, body)
    elif not permanent and (missed := _untaken(held.store, held.tx, job, job.attempt + 1)):
        job.max_attempts += missed
        job.status, job.run_after = "due", held.now
    else:
        _call_operator(held, job)


def _untaken(store: Store, tx: Session, job: Job, before: int) -> int:
    """Of the attempts that were granted last, how many before this one nobody came for."""
    return tries.untaken(tx, job.id, job.max_attempts - store.services[job.service].max_attempts, before)


def _call_operator(held: Held, job: Job) -> None:
    job.status = "incident"
    cause = job.last_error or ""
    incident = Incident(id=held.store.ids.new(), case_id=job.case_id, job_id=job.id, cause=cause, at=held.now)
    held.tx.add(incident)
    held.write_down(SYSTEM, "incident", {"incident": incident.id, "job": job.id, "service": job.service})


def _tried(spec: ServiceSpec, job: Job) -> int:
    """How often since somebody last asked for it."""
    return max(1, spec.max_attempts - (job.max_attempts - job.attempt))


def pause(id: str, attempt: int, tried: int) -> timedelta:
    """How long to wait after an attempt that failed: twice as long with each try, and not all at the same moment."""
    jitter = int.from_bytes(sha256(f"{id}{attempt}".encode()).digest()[:2]) / 65536
    return timedelta(seconds=min(_FIRST * 2**tried, _LONGEST) * (1 + jitter / 4))
