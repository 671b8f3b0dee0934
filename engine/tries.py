"""The tries of a job: each one's row is written with the lease, and closed with what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.tables import Job, Try

NO_ANSWER = "no answer within the lease"


def begin(tx: Session, job: Job, now: datetime) -> None:
    """The attempt that the job counts now goes to a worker."""
    tx.add(Try(job_id=job.id, attempt=job.attempt, sent_at=now))


def take(tx: Session, job_id: str, attempt: int) -> None:
    """A worker has it in hand: what happens to this attempt from now on says something about the job."""
    tx.execute(update(Try).where(Try.job_id == job_id, Try.attempt == attempt).values(taken=True))


def untaken(tx: Session, job_id: str, after: int, before: int) -> int:
    """How many attempts between these two nobody came for: the worker was away, or its queue too long."""
    mine = select(func.count()).where(Try.job_id == job_id, Try.taken.is_(False))
    return tx.scalar(mine.where(Try.attempt > after, Try.attempt < before)) or 0


def end(tx: Session, job_id: str, attempt: int, now: datetime, error: str | None = None) -> None:
    """The attempt failed, or was answered. A late answer is an answer; attempts of older versions have no row.

    Of a job that its first attempt answers in time, no row stays: the job says when it was asked and answered.
    """
    row = tx.get(Try, (job_id, attempt))
    if row is None:
        return
    if attempt == 1 and error is None and row.error is None:
        tx.delete(row)
    else:
        row.ended_at, row.error = now, error


def tries_of(tx: Session, job_id: str) -> list[Try]:
    """All attempts, the first one first."""
    return list(tx.scalars(select(Try).where(Try.job_id == job_id).order_by(Try.attempt)))
