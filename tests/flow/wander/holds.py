"""What holds of every case at every moment, whatever people, services and the clock have done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine import audit
from engine.cases import status
from engine.cases.holding import pinned
from engine.cases.inbox import LIVE
from engine.interpreter import Run
from engine.store import Store
from engine.tables import Appointment, Case, Draft, Job, QueuePlace, Task, Timer
from tests.flow.wander.ground import EVERYBODY
from tests.flow.wander.order import wrong_order

G20 = frozenset(
    {
        *("办理中", "待视频", "排队中", "已预约", "视频中", "视频未通过", "待安装证书", "待签署"),
        *("待复核", "复核中", "复核未通过", "办理成功", "办理失败", "已放弃", "已超时"),
    }
)
ROLES = frozenset({"investor"}).union(*(person.roles for person in EVERYBODY.values()))
BYTES = 40_000
"""A state of the businesses of this house is some 10 kB; one that grows with each round has a leak."""


def check(store: Store, anchors: dict[str, audit.Head]) -> None:
    """AssertionError with the sentence that does not hold. `anchors` are the audit's heads when it was last asked."""
    with store.read() as tx:
        now = store.clock.now()
        for case in tx.scalars(select(Case)):
            run = Run.restore(pinned(store, tx, case), case.state, now)
            wrong = [*_projection(tx, case, run), *_case(store, tx, case, run), *wrong_order(tx, case, run)]
            assert not wrong, f"{case.business}, {case.status}: {'; '.join(wrong)}"
        assert not (wrong := [*_line(tx), *_audit(store, tx, anchors)]), "; ".join(wrong)


def _projection(tx: Session, case: Case, run: Run) -> Iterator[str]:
    """Inbox, jobs and timers are what a fresh restore of the stored state says is open."""
    tasks = {task.id: task.step for task in tx.scalars(_open(case))}
    if tasks != (drawn := {step.id: step.step for step in run.steps}):
        yield f"the inbox has {sorted(tasks.values())}, the state {sorted(drawn.values())}"
    awaited = select(Job).where(Job.case_id == case.id, Job.task_id.is_not(None), Job.status.in_(LIVE))
    jobs = {job.task_id: job.service for job in tx.scalars(awaited)}
    if jobs != (asked := {job.id: job.service for job in run.jobs}):
        yield f"the outbox awaits {sorted(jobs.values())}, the state {sorted(asked.values())}"
    rows = {row.task_id: (row.element, row.due_at) for row in tx.scalars(_timers(case))}
    if rows != (waiting := {timer.id: (timer.element, timer.due_at) for timer in run.timers}):
        yield f"timers are {sorted(rows.values())}, the state has {sorted(waiting.values())}"


def _case(store: Store, tx: Session, case: Case, run: Run) -> Iterator[str]:
    bundle, now = pinned(store, tx, case), store.clock.now()
    if case.status not in G20:
        yield "its state is none of G20"
    if case.status != status.text_of(tx, case, bundle, now):
        yield f"the state that the customer reads should be {status.text_of(tx, case, bundle, now)}"
    if (case.ended_at is not None) != run.finished:
        yield "the process has ended" if run.finished else "the case has ended, its process goes on"
    if len(case.state) > BYTES:
        yield f"its state has grown to {len(case.state)} bytes"
    if case.ended_at is None:
        yield from _goes_on(tx, case, run, now)
    else:
        yield from _is_over(tx, case, run)


def _goes_on(tx: Session, case: Case, run: Run, now: datetime) -> Iterator[str]:
    """Somebody is asked for something, whoever it is may do it, and the customer can end it while a person is asked."""
    tasks = list(tx.scalars(_open(case)))
    if not tasks and not run.jobs:
        yield "it is stuck: nobody is asked for anything"
    if tasks and not run.waits_for("abandon"):
        yield f"it cannot be given up at {tasks[0].step}"
    for task in tasks:
        if task.role not in ROLES:
            yield f"{task.step} is open without a role that somebody has"
        if status.is_claimed(task, now) and not may_do(tx, task, task.claimed_by or ""):
            yield f"{task.claimed_by} holds {task.step}, which he may not do"
        if task.preferred_by is not None and not may_do(tx, task, task.preferred_by):
            yield f"{task.step} is kept for {task.preferred_by}, who may not do it"


def _is_over(tx: Session, case: Case, run: Run) -> Iterator[str]:
    left = {
        "open tasks": tx.scalar(_open(case).limit(1)),
        "timers": tx.scalar(_timers(case).limit(1)),
        "drafts": tx.scalar(select(Draft).where(Draft.case_id == case.id).limit(1)),
        "a booking": tx.scalar(
            select(Appointment).where(Appointment.case_id == case.id, Appointment.closed_at.is_(None)).limit(1)
        ),
    }
    yield from (f"it has ended and has {what} still" for what, found in left.items() if found is not None)
    if run.waits_for("abandon"):
        yield "it has ended and could be given up"


def may_do(tx: Session, task: Task, who: str) -> bool:
    """By role, branch and four eyes: of two steps that the business keeps apart nobody has done both, in any round."""
    person, apart = EVERYBODY.get(who), {("video_verification", "review"), ("review", "second_review")}
    if person is None or task.role not in person.roles or task.branch_id != person.branch_id:
        return False
    others = {one for pair in apart if task.step in pair for one in pair} - {task.step}
    did = select(Task.step).where(Task.case_id == task.case_id, Task.closed_by == who)
    return not others & set(tx.scalars(did))


def _line(tx: Session) -> Iterator[str]:
    """A place in the line is somebody's open video, and nothing else."""
    places = set(tx.scalars(select(QueuePlace.task_id)))
    videos = select(Task.id).where(Task.step == "video_verification", Task.closed_at.is_(None))
    if places != (waiting := set(tx.scalars(videos))):
        yield f"{len(places - waiting)} places in the line lead nowhere, {len(waiting - places)} customers have none"


def _audit(store: Store, tx: Session, anchors: dict[str, audit.Head]) -> Iterator[str]:
    """Chains that have grown are read from their first row, and go through where they were before."""
    heads = {head.chain: head for head in audit.heads(tx)}
    for chain, head in heads.items():
        if head == (before := anchors.get(chain)):
            continue
        if (row := audit.verify(tx, store.vault, chain, before)) is not None:
            yield f"row {row} of {chain} is not what was written"
    yield from (f"{chain} is gone" for chain in anchors.keys() - heads.keys())
    anchors |= heads


def _open(case: Case) -> Select[Task]:
    return select(Task).where(Task.case_id == case.id, Task.closed_at.is_(None))


def _timers(case: Case) -> Select[Timer]:
    return select(Timer).where(Timer.case_id == case.id)
