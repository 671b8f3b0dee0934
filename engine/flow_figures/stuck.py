"""Cases that stand still longer than they should, each with what holds it.

A step is late when it is past its due time, or has been open longer than 95 of 100 of its own last ones took. Nothing
is late by comparison with fewer than `ENOUGH` of them, nor within the first `GRACE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles import Bundle
from engine.flow_figures.late import late
from engine.flow_figures.standing_still import KINDS, Kind, Stuck
from engine.flow_figures.steps import StepFigures
from engine.tables import Case, Incident, Job, Timer

ENOUGH = 20
OVERDUE = timedelta(minutes=5)
"""A timer or a job that nobody came for in this time waits for a part of Kaihu that is down."""


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
    for one in late(
        tx, business, {step: limit for step in usual if (limit := _limit(usual[step]))}, bundle_of, now, most
    ):
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


def _limit(figures: StepFigures | None) -> timedelta | None:
    return figures.p95 if figures and figures.answered >= ENOUGH else None
