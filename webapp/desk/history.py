"""What has happened in a case, as a desk reads it: every closed step, with the reasons that were given there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.actors import SYSTEM
from engine.bundles import Bundle
from engine.tables import Case, Rejection, Task
from webapp.access import INVESTOR_ROLE
from webapp.desk.conclusions import Conclusion, conclusion
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
    """One closed step; `conclusion` is what a desk decided there."""

    name: str
    round: int
    at: datetime
    by: str
    how: str
    conclusion: Conclusion
    reasons: list[Reason]


def history(case: Case, bundle: Bundle) -> list[Event]:
    """The oldest first."""
    closed = select(Task).where(Task.case_id == case.id, Task.closed_at.is_not(None))
    rows = reading().scalars(closed.order_by(Task.closed_at, Task.opened_at, Task.round))
    return [_event(case, bundle, task, task.closed_at) for task in rows if task.closed_at]


def _event(case: Case, bundle: Bundle, task: Task, at: datetime) -> Event:
    ours = task.role != INVESTOR_ROLE
    told = select(Rejection).where(Rejection.task_id == task.id).order_by(Rejection.at)
    return Event(
        name=say(bundle, bundle.step_name(task.step)),
        round=task.round,
        at=at,
        by=_by(case, task) if ours else _("客户"),
        how=task.closed_how or "",
        conclusion=conclusion(bundle, task) if ours else Conclusion(),
        reasons=[reason_of(bundle, row) for row in reading().scalars(told)],
    )


def _by(case: Case, task: Task) -> str:
    """A desk's task is ended by a colleague, or by the customer who leaves it, or because its time is over."""
    ended = {case.customer_id: _("客户"), SYSTEM.id: _("系统")}
    return ended.get(task.closed_by or "") or name_of(task.closed_by)


def reason_of(bundle: Bundle, row: Rejection) -> Reason:
    known = {reason.code: reason.text for reason in bundle.reasons}
    return Reason(
        say(bundle, known.get(row.reason, row.reason)),
        vault().open("rejections.customer_text", row.customer_text),
        vault().open("rejections.internal_note", row.internal_note),
    )
