"""The projection: tasks, jobs and timers as the process has them, written in the transaction that writes the state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine import rows
from engine.cases import keeping, waiting
from engine.cases.deadlines import due_at
from engine.interpreter import Run
from engine.interpreter.run import Due, OpenJob, OpenStep
from engine.prepared import Constant
from engine.store import Store
from engine.tables import Case, Incident, Job, Task, Timer

if TYPE_CHECKING:
    from engine.bundles import Bundle

LIVE = ("due", "sent", "incident")
# Said once: to build a statement anew costs more than to run it.
_OPEN = Constant(select(rows.of(Task)).where(Task.case_id == bindparam("case"), Task.closed_at.is_(None)))
_LAST_ROUND = Constant(
    select(rows.of(Task))
    .where(Task.case_id == bindparam("case"), Task.step == bindparam("step"))
    .order_by(Task.round.desc())
    .limit(1)
)
_CLOSE = Constant(
    update(rows.of(Task))
    .where(Task.id == bindparam("of"))
    .values(closed_at=bindparam("now"), closed_how=bindparam("how"), closed_by=bindparam("who"), lease_until=None)
)
_ASK = Constant(insert(rows.of(Task)))
_OF_LIVE_JOBS = (
    Job.case_id == bindparam("case"), Job.ended_at.is_(None), Job.task_id.is_not(None), Job.status.in_(LIVE),
)  # fmt: skip
_AWAITED = Constant(select(Job.task_id).where(*_OF_LIVE_JOBS))
_LIVE_JOBS = select(Job).where(*_OF_LIVE_JOBS)
_TIMERS = Constant(select(rows.of(Timer)).where(Timer.case_id == bindparam("case")))
_SET = Constant(insert(rows.of(Timer)))
_UNSET = Constant(delete(rows.of(Timer)).where(Timer.task_id == bindparam("of")))
_POSTPONE = Constant(update(rows.of(Timer)).where(Timer.task_id == bindparam("of")).values(due_at=bindparam("due")))


@dataclass(frozen=True)
class Waiting:
    """A task that is open now, as its row says."""

    id: str
    case_id: str
    step: str
    opened_at: datetime
    claimed_by: str | None = None
    lease_until: datetime | None = None


@dataclass
class Changes:
    """What a step opened and closed, by task and job ids."""

    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    """The tasks that are open now, the oldest first."""

    def plain(self) -> dict[str, object]:
        lists = {"opened": self.opened, "closed": self.closed, "jobs": self.jobs, "discarded": self.discarded}
        return {name: ids for name, ids in lists.items() if ids}


@dataclass(frozen=True)
class Closing:
    """How tasks that are gone were closed, and by whom. With `task_id`, that one only; others were moved along."""

    how: str
    by: str | None = None
    task_id: str | None = None

    def of(self, task_id: str) -> tuple[str, str | None]:
        return (self.how, self.by) if self.task_id in (None, task_id) else (MOVED.how, MOVED.by)


MOVED = Closing("moved")


def project(
    store: Store, tx: Session, case: Case, bundle: Bundle, run: Run, now: datetime, closing: Closing
) -> Changes:
    """Bring the rows of a case in line with its process."""
    changes = Changes()
    _close_tasks(tx, case, bundle, run, now, closing, changes)
    _open_tasks(tx, case, bundle, run, now, changes)
    _discard_jobs(tx, case, run, now, changes)
    _add_jobs(store, tx, case, run, now, changes)
    sync_timers(tx, case, run)
    return changes


def _close_tasks(
    tx: Session, case: Case, bundle: Bundle, run: Run, now: datetime, closing: Closing, changes: Changes
) -> None:
    still = {step.id for step in run.steps}
    for task in rows.every(tx, _OPEN, case=case.id):
        if task.id in still:
            changes.waiting.append(_waiting(task))
            continue
        how, who = closing.of(task.id)
        rows.write(tx, _CLOSE, {"of": task.id, "now": now, "how": how, "who": who})
        if waiting.is_queue(bundle.step(task.step)):
            waiting.leave(tx, task.id, how, who, now)
        changes.closed.append(task.id)


def _waiting(task: Any) -> Waiting:
    return Waiting(task.id, task.case_id, task.step, task.opened_at, task.claimed_by, task.lease_until)


def _open_tasks(tx: Session, case: Case, bundle: Bundle, run: Run, now: datetime, changes: Changes) -> None:
    there = {task.id for task in changes.waiting}
    for step in run.steps:
        if step.id not in there:
            rows.write(tx, _ASK, _task(tx, case, bundle, step, now))
            if waiting.is_queue(bundle.step(step.step)):
                waiting.join(tx, step.id, case, now)
            changes.opened.append(step.id)
            changes.waiting.append(Waiting(step.id, case.id, step.step, now))
    changes.waiting.sort(key=lambda task: (task.opened_at, task.id))


def _task(tx: Session, case: Case, bundle: Bundle, step: OpenStep, now: datetime) -> dict[str, object]:
    drawn = bundle.step(step.step)
    before = rows.first(tx, _LAST_ROUND, case=case.id, step=step.step)
    kept = keeping.kept_for(tx, bundle, before, now) if before is not None else None
    return {
        "id": step.id,
        "case_id": case.id,
        "step": step.step,
        "role": drawn.role,
        "branch_id": case.branch_id,
        "round": before.round + 1 if before is not None else 1,
        "opened_at": now,
        "due_at": due_at(tx, now, drawn.due),
        "preferred_by": kept.by if kept else None,
        "preferred_until": kept.until if kept else None,
    }


def _discard_jobs(tx: Session, case: Case, run: Run, now: datetime, changes: Changes) -> None:
    """A job whose task is gone has nobody to answer to; a draft's job has no task and stays."""
    still = {job.id for job in run.jobs}
    if all(row.task_id in still for row in rows.every(tx, _AWAITED, case=case.id)):
        return
    for job in tx.scalars(_LIVE_JOBS, {"case": case.id}):
        if job.task_id not in still and job.status in LIVE:  # what ended just now is not written yet
            job.status, job.ended_at, job.lease_until = "discarded", now, None
            resolve_incidents(tx, job.id, "moot", now)
            changes.discarded.append(job.id)


def _add_jobs(store: Store, tx: Session, case: Case, run: Run, now: datetime, changes: Changes) -> None:
    if not run.jobs:
        return
    asked = Job.task_id.in_([job.id for job in run.jobs])
    known = set(tx.scalars(select(Job.task_id).where(Job.case_id == case.id, asked)))
    for job in run.jobs:
        if job.id not in known:
            row = new_job(store, case.id, job.service, job.args, now, task=job)
            tx.add(row)
            changes.jobs.append(row.id)


def new_job(
    store: Store, case_id: str, service: str, args: dict[str, object], now: datetime, task: OpenJob | None = None
) -> Job:
    """An outbox row: a service to be performed as soon as the transaction is committed."""
    return Job(
        id=store.ids.new(),
        case_id=case_id,
        task_id=task.id if task else None,
        element=task.element if task else None,
        service=service,
        args=dict(args),
        status="due",
        attempt=0,
        max_attempts=store.services[service].max_attempts,
        run_after=now,
        created_at=now,
    )


def resolve_incidents(tx: Session, job_id: str, how: str, now: datetime) -> None:
    """Close what is open about a job that ended without an operator."""
    for incident in tx.scalars(select(Incident).where(Incident.job_id == job_id, Incident.resolved_at.is_(None))):
        incident.resolved_at, incident.how = now, how


def sync_timers(tx: Session, case: Case, run: Run) -> None:
    """Bring the timer rows of a case in line with its process."""
    kept = {row.task_id: row.due_at for row in rows.every(tx, _TIMERS, case=case.id)}
    waiting = {timer.id: timer for timer in run.timers}
    for task_id in kept.keys() - waiting.keys():
        rows.write(tx, _UNSET, {"of": task_id})
    for timer in waiting.values():
        if timer.id not in kept:
            rows.write(tx, _SET, _timer(case, timer))
    if late := [each for each in waiting.values() if kept.get(each.id, each.due_at) != each.due_at]:
        rows.write(tx, _POSTPONE, *({"of": each.id, "due": each.due_at} for each in late))


def _timer(case: Case, timer: Due) -> dict[str, object]:
    return {"task_id": timer.id, "case_id": case.id, "element": timer.element, "due_at": timer.due_at}
