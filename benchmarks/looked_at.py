"""How long the product took over the newest upload, by its own clock: no attempt is kept of a job that went well."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.photos import PROCESS
from engine.tables import Job


def seconds_of_newest(tx: Session) -> float:
    """From the moment an upload was kept until what was seen in it was."""
    done = select(Job).where(Job.service == PROCESS, Job.ended_at.is_not(None))
    job = tx.scalars(done.order_by(Job.created_at.desc()).limit(1)).one()
    assert job.ended_at is not None
    return (job.ended_at - job.created_at).total_seconds()
