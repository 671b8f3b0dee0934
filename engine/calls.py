"""Video calls: what a verifier concluded, by which medium, and how often the connection broke."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import appointments
from engine.ids import Ids
from engine.tables import Task, VideoCall

NO_MEDIUM = "none"
"""No live call carried it: possible in a demonstration only, until the video desk has one."""

PASS, INTERRUPTED = "pass", "interrupted"


def record(tx: Session, ids: Ids, task: Task, outcome: str, now: datetime, medium: str = NO_MEDIUM) -> None:
    """Note the conclusion of the verifier who holds the task, in the caller's write unit. A pass ends the booking."""
    assert task.claimed_by is not None and task.claimed_at is not None
    tx.add(
        VideoCall(
            id=ids.new(),
            case_id=task.case_id,
            task_id=task.id,
            verifier=task.claimed_by,
            medium=medium,
            began_at=task.claimed_at,
            ended_at=now,
            outcome=outcome,
        )
    )
    if outcome == PASS:
        appointments.close(tx, task.case_id, appointments.PASSED, now)


def interruptions(tx: Session, case_id: str) -> int:
    """How many calls broke off one after the other, up to now (G16)."""
    calls = select(VideoCall.outcome).where(VideoCall.case_id == case_id)
    newest_first = list(tx.scalars(calls.order_by(VideoCall.ended_at.desc(), VideoCall.id.desc())))
    return next((place for place, outcome in enumerate(newest_first) if outcome != INTERRUPTED), len(newest_first))
