"""Where a case stands: who has what since when, which timer comes next, what the services are at, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import incidents
from engine.bundles import Bundle
from engine.cases import open_tasks
from engine.cases.status import is_claimed
from engine.incidents import error_class
from engine.tables import Case, Job, Task, Timer
from webapp.access import INVESTOR_ROLE
from webapp.desk.queue import name_of
from webapp.house import clock, reading, say
from webapp.operate.people import settled_by
from webapp.operate.words import cause_words, element_name, how_words, job_words, service_title


@dataclass(frozen=True)
class OpenTask:
    """A step that waits for a person. `holder` is empty while nobody of the desk has it."""

    step: str
    round: int
    of_customer: bool
    since: datetime
    due: datetime | None
    overdue: bool
    holder: str
    held_since: datetime | None
    lease_until: datetime | None


@dataclass(frozen=True)
class Deadline:
    """A timer of the diagram. `late` says that it should have fired: the relay does not come round."""

    name: str
    due: datetime
    late: bool


@dataclass(frozen=True)
class JobLine:
    """One service of the case; `trouble` is its newest incident."""

    title: str
    element: str
    state: str
    attempts: int
    most: int
    since: datetime
    ended: datetime | None
    error: str


@dataclass(frozen=True)
class Trouble:
    """One incident of the case; `how` is empty while it waits."""

    id: str
    title: str
    says: str
    at: datetime
    how: str
    by: str
    settled_at: datetime | None
    note: str


def tasks(case: Case, bundle: Bundle) -> list[OpenTask]:
    """The oldest first."""
    return [_task(task, bundle) for task in open_tasks(reading(), case.id)]


def _task(task: Task, bundle: Bundle) -> OpenTask:
    now = clock().now()
    held = is_claimed(task, now)
    return OpenTask(
        step=say(bundle, bundle.step_name(task.step)),
        round=task.round,
        of_customer=task.role == INVESTOR_ROLE,
        since=task.opened_at,
        due=task.due_at,
        overdue=task.due_at is not None and task.due_at < now,
        holder=name_of(task.claimed_by) if held else "",
        held_since=task.claimed_at if held else None,
        lease_until=task.lease_until if held else None,
    )


def deadlines(case: Case, bundle: Bundle) -> list[Deadline]:
    """The next one first."""
    mine = select(Timer).where(Timer.case_id == case.id)
    rows = reading().scalars(mine.order_by(Timer.due_at, Timer.element, Timer.task_id))
    now = clock().now()
    return [Deadline(element_name(bundle, row.element) or row.element, row.due_at, row.due_at < now) for row in rows]


def jobs(case: Case, bundle: Bundle) -> list[JobLine]:
    """The newest first."""
    rows = reading().scalars(select(Job).where(Job.case_id == case.id).order_by(Job.created_at.desc(), Job.id.desc()))
    return [
        JobLine(
            title=service_title(row.service),
            element=element_name(bundle, row.element),
            state=job_words(row),
            attempts=row.attempt,
            most=row.max_attempts,
            since=row.created_at,
            ended=row.ended_at,
            error=row.last_error or "" if row.status != "done" else "",
        )
        for row in rows
    ]


def troubles(case: Case, bundle: Bundle) -> list[Trouble]:
    """Those that wait first, then the newest."""
    rows = incidents.of_case(reading(), case.id)
    services = {job.id: job.service for job in reading().scalars(select(Job).where(Job.case_id == case.id))}
    found = [
        Trouble(
            id=row.id,
            title=service_title(services[row.job_id]),
            says=cause_words(error_class(row.cause)).says,
            at=row.at,
            how=how_words(row.how) if row.resolved_at else "",
            by=settled_by(row.resolved_by) if row.resolved_at else "",
            settled_at=row.resolved_at,
            note=row.note or "",
        )
        for row in reversed(rows)
    ]
    return sorted(found, key=lambda one: bool(one.how))
