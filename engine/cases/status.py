"""办理状态: the text of a case that its customer reads, as the diagram says it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import rows
from engine.prepared import Constant
from engine.tables import Case, Rejection, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle
    from engine.cases.inbox import Waiting
    from engine.diagrams.steps import UserTask

UNDER_WAY = "办理中"
_LAST_TO_REJECT = Constant(
    select(Rejection.desk)
    .where(Rejection.case_id == bindparam("case"), Rejection.step == bindparam("step"), Rejection.resolved_at.is_(None))
    .order_by(Rejection.at.desc())
    .limit(1)
)


def text_of(tx: Session, case: Case, bundle: Bundle, now: datetime) -> str:
    """The end's name, or what the open step says of its state: claimed, asked again, or simply open."""
    mine = select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))
    task = tx.scalar(mine.order_by(Task.opened_at, Task.id).limit(1)) if case.ended_at is None else None
    return text_at(tx, case, task, bundle, now)


def text_at(tx: Session, case: Case, task: Task | Waiting | None, bundle: Bundle, now: datetime) -> str:
    """The same, where the oldest open task of the case is known."""
    if case.ended_at is not None:
        return _name_of_end(bundle, case.end_id)
    return UNDER_WAY if task is None else _text_of_task(tx, task, bundle, now)


def _text_of_task(tx: Session, task: Task | Waiting, bundle: Bundle, now: datetime) -> str:
    step = bundle.step(task.step)
    if is_claimed(task, now):
        return step.status_claimed or step.status or UNDER_WAY
    desk = _desk_that_rejected(tx, task, bundle)
    return (desk.status_rejected if desk else None) or step.status or UNDER_WAY


def is_claimed(task: Task | Waiting, now: datetime) -> bool:
    """Whether somebody holds a live claim."""
    return task.claimed_by is not None and task.lease_until is not None and task.lease_until > now


def _desk_that_rejected(tx: Session, task: Task | Waiting, bundle: Bundle) -> UserTask | None:
    found = rows.first(tx, _LAST_TO_REJECT, case=task.case_id, step=task.step)
    return bundle.step(found.desk) if found and bundle.has_step(found.desk) else None


def _name_of_end(bundle: Bundle, end_id: str | None) -> str:
    end = bundle.drawing.elements.get((bundle.business.process, end_id or ""))
    return end.name if end is not None and end.name else UNDER_WAY
