"""What has happened in a case, as a desk reads it: every closed step, with the reasons that were given there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.bundles import Bundle
from engine.tables import Case, Rejection, Task
from webapp.access import INVESTOR_ROLE
from webapp.desk.queue import name_of
from webapp.house import reading, say, vault
from webapp.language import words as _


@dataclass(frozen=True)
class Reason:
    """A reason of the catalogue, with what the customer was told and what was noted for us."""

    name: str
    customer_text: str
    internal_note: str


@dataclass(frozen=True)
class Event:
    """One closed step."""

    name: str
    round: int
    at: datetime
    by: str
    how: str
    reasons: list[Reason]


def history(case: Case, bundle: Bundle) -> list[Event]:
    """The oldest first."""
    closed = select(Task).where(Task.case_id == case.id, Task.closed_at.is_not(None))
    rows = reading().scalars(closed.order_by(Task.closed_at, Task.opened_at, Task.round))
    return [_event(bundle, task, task.closed_at) for task in rows if task.closed_at]


def _event(bundle: Bundle, task: Task, at: datetime) -> Event:
    by = _("客户") if task.role == INVESTOR_ROLE else name_of(task.closed_by)
    told = select(Rejection).where(Rejection.task_id == task.id).order_by(Rejection.at)
    reasons = [_reason(bundle, row) for row in reading().scalars(told)]
    return Event(say(bundle, bundle.step(task.step).name), task.round, at, by, task.closed_how or "", reasons)


def _reason(bundle: Bundle, row: Rejection) -> Reason:
    known = {reason.code: reason.text for reason in bundle.reasons}
    return Reason(
        say(bundle, known.get(row.reason, row.reason)),
        vault().open("rejections.customer_text", row.customer_text),
        vault().open("rejections.internal_note", row.internal_note),
    )
