"""A step that is a queue (`outside="queue"` in the diagram): whoever waits there has a place until it closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.diagrams.steps import UserTask
from engine.tables import Case, QueuePlace

QUEUE = "queue"


def is_queue(step: UserTask) -> bool:
    """Whether people wait in line for this step."""
    return step.properties.get("outside") == QUEUE


def join(tx: Session, task_id: str, case: Case, now: datetime) -> None:
    """A place at the end of the branch's line."""
    place = QueuePlace(task_id=task_id, case_id=case.id, branch_id=case.branch_id, joined_at=now, seen_at=now)
    tx.add(place)


def leave(tx: Session, task_id: str) -> None:
    """The place is given up; nothing happens where there was none."""
    tx.execute(delete(QueuePlace).where(QueuePlace.task_id == task_id))
