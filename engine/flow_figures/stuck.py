"""Cases that stand still longer than they should, each with what holds it.

A step is late when it is past its due time, or has been open longer than 95 of 100 of its own last ones took. Nothing
is late by comparison with fewer than `ENOUGH` of them, nor within the first `GRACE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles import Bundle
from engine.cases.access import INVESTOR
from engine.cases.four_eyes import forbidden_by
from engine.flow_figures.steps import StepFigures
from engine.tables import Case, Incident, Job, Staff, Task, Timer

ENOUGH = 20
GRACE = timedelta(minutes=10)
OVERDUE = timedelta(minutes=5)
"""A timer or a job that nobody came for in this time waits for a part of Kaihu that is down."""

Kind = Literal[
    "job_failed", "queue_down", "timer_overdue", "nobody_eligible", "unclaimed", "claimed", "customer_silent"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What has to be mended by somebody first, what only takes its time last."""


@dataclass(frozen=True)
class Stuck:
    """One case at one place. `usual` is the p95 that it is past, `due` the time that it is past, if it has one."""

    kind: Kind
    case_id: str
    number: str | None
    element: str
    since: datetime
    branch_id: str
    due: datetime | None = None
    usual: timedelta | None = None
    held_by: str | None = None


def stuck(
    tx: Session,
    business: str,
    usual: Mapping[str, StepFigures],
    bundle_of: Callable[[str], Bundle],
    now: datetime,
    most: int,
) -> list[Stuck]:
    """At most so many of each kind, in the order of `KINDS`, the oldest first.

    `usual` is what the steps take, `bundle_of` finds a version by its hash.
    """
    found: dict[Kind, list[Stuck]] = {kind: [] for kind in KINDS}
    for source in (_failed, _unsent, _timers):
        for one in source(tx, business, now, most):
            found[one.kind].append(one)
    for one in _late(tx, business, usual, bundle_of, now):
        if len(found[one.kind]) < most:
            found[one.kind].append(one)
    return [one for kind in KINDS for one in found[kind]]


def _failed(tx: Session, business: str, now: datetime, most: int) -> Iterator[Stuck]:
    rows = select(Incident, Job, Case).join(Job, Job.id == Incident.job_id).join(Case, Case.id == Incident.case_id)
    mine = rows.where(Case.business == business, Incident.resolved_at.is_(None))
    for incident, job, case in tx.execute(mine.order_by(Incident.at, Incident.id).limit(most)):
        yield Stuck("job_failed", case.id, case.number, job.element or job.service, incident.at, case.branch_id)


def _unsent(tx: Session, business: str, now: datetime, most: int) -> Iterator[Stuck]:
    """Due and not sent, or sent and its lease over: the relay sends neither."""
    rows = select(Job, Case).join(Case, Case.id == Job.case_id)
    late = now - OVERDUE
    waits = (Job.status == "due") & (Job.run_after < late) | (Job.status == "sent") & (Job.lease_until < late)
    mine = rows.where(Case.business == business, Job.ended_at.is_(None), Case.ended_at.is_(None), waits)
    for job, case in tx.execute(mine.order_by(Job.run_after, Job.id).limit(most)):
        due = job.lease_until if job.status == "sent" else job.run_after
        yield Stuck("queue_down", case.id, case.number, job.element or job.service, job.created_at, case.branch_id, due)


def _timers(tx: Session, business: str, now: datetime, most: int) -> Iterator[Stuck]:
    rows = select(Timer, Case).join(Case, Case.id == Timer.case_id)
    mine = rows.where(Case.business == business, Timer.due_at < now - OVERDUE, Case.ended_at.is_(None))
    for timer, case in tx.execute(mine.order_by(Timer.due_at, Timer.task_id).limit(most)):
        due = timer.due_at
        yield Stuck("timer_overdue", case.id, case.number, timer.element, due, case.branch_id, due)


def _late(
    tx: Session, business: str, usual: Mapping[str, StepFigures], bundle_of: Callable[[str], Bundle], now: datetime
) -> Iterator[Stuck]:
    """The steps that wait for a person, the oldest first."""
    rows = select(Task, Case).join(Case, Case.id == Task.case_id)
    mine = rows.where(
        Case.business == business, Case.number.is_not(None), Task.closed_at.is_(None), Task.opened_at < now - GRACE
    )
    there = _employed(tx)
    for task, case in tx.execute(mine.order_by(Task.opened_at, Task.id)):
        limit = _limit(usual.get(task.step))
        if _is_late(task, limit, now):
            kind = _kind(tx, task, bundle_of(case.bundle_hash), there, now)
            held_by = task.claimed_by if kind == "claimed" else None
            yield Stuck(
                kind, case.id, case.number, task.step, task.opened_at, task.branch_id, task.due_at, limit, held_by
            )


def _limit(figures: StepFigures | None) -> timedelta | None:
    return figures.p95 if figures and figures.answered >= ENOUGH else None


def _is_late(task: Task, limit: timedelta | None, now: datetime) -> bool:
    past_due = task.due_at is not None and task.due_at < now
    return past_due or (limit is not None and now - task.opened_at > limit)


def _kind(tx: Session, task: Task, bundle: Bundle, there: Mapping[tuple[str, str], list[str]], now: datetime) -> Kind:
    if task.role == INVESTOR:
        return "customer_silent"
    if task.claimed_by is not None and task.lease_until is not None and task.lease_until > now:
        return "claimed"
    people = there.get((task.branch_id, task.role), [])
    can = any(forbidden_by(tx, bundle, task.case_id, task.step, person) is None for person in people)
    return "unclaimed" if can else "nobody_eligible"


def _employed(tx: Session) -> dict[tuple[str, str], list[str]]:
    """Who is not locked, by branch and role."""
    found: dict[tuple[str, str], list[str]] = {}
    for member in tx.scalars(select(Staff).where(Staff.locked_at.is_(None))):
        for role in member.roles:
            found.setdefault((member.branch_id, role), []).append(member.id)
    return found
