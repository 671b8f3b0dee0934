"""The tries of a job: each one's row is written with the lease, and closed with what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import Job, Try

NO_ANSWER = "no answer within the lease"


def begin(tx: Session, job: Job, now: datetime) -> None:
    """The attempt that the job counts now goes to a worker."""
    tx.add(Try(job_id=job.id, attempt=job.attempt, sent_at=now))


def end(tx: Session, job_id: str, attempt: int, now: datetime, error: str | None = None) -> None:
    """The attempt failed, or was answered. A late answer is an answer; attempts of older versions have no row."""
    row = tx.get(Try, (job_id, attempt))
    if row is not None:
        row.ended_at, row.error = now, error


def tries_of(tx: Session, job_id: str) -> list[Try]:
    """All attempts, the first one first."""
    return list(tx.scalars(select(Try).where(Try.job_id == job_id).order_by(Try.attempt)))
