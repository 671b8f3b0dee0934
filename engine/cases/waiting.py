"""A step that is a queue (`outside="queue"` in the diagram): whoever waits there has a place until it closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from engine import line_events
from engine.actors import SYSTEM
from engine.diagrams.steps import UserTask
from engine.tables import Case, QueuePlace

QUEUE = "queue"
LEAVE, BOOK_INSTEAD = "leave_queue", "book_instead"
"""The messages by which a customer gives his place up; the first also by the system, for one who is away."""
_DECIDED = ("submit", "reject")


def is_queue(step: UserTask) -> bool:
    """Whether people wait in line for this step."""
    return step.properties.get("outside") == QUEUE


def join(tx: Session, task_id: str, case: Case, now: datetime) -> None:
    """A place at the end of the branch's line."""
    place = QueuePlace(task_id=task_id, case_id=case.id, branch_id=case.branch_id, joined_at=now, seen_at=now)
    tx.add(place)
    line_events.note(tx, place, line_events.JOINED, case.customer_id, now)


def leave(tx: Session, task_id: str, how: str, by: str | None, now: datetime) -> None:
    """The place is given up; nothing happens where there was none. `how` is how its task was closed."""
    place = tx.get(QueuePlace, task_id)
    if place is not None:
        line_events.note(tx, place, _what(how, by), by or SYSTEM.id, now)
        tx.delete(place)


def _what(how: str, by: str | None) -> str:
    if how in (LEAVE, BOOK_INSTEAD):
        return line_events.DROPPED if by == SYSTEM.id else line_events.LEFT
    return line_events.CONCLUDED if how in _DECIDED else line_events.ENDED
