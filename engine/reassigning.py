"""A supervisor gives a desk task of his branch to a colleague."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import line_events, remarks
from engine.actors import Actor
from engine.cases import status
from engine.cases.access import INVESTOR
from engine.cases.four_eyes import forbidden_by
from engine.cases.holding import Held, holding_task, must_be_open
from engine.errors import NotYours
from engine.store import Store
from engine.tables import Staff, Task

SUPERVISOR = "supervisor"
KEPT = timedelta(hours=4)


def reassign(store: Store, task_id: str, to: str, actor: Actor, reason: str) -> Task:
    """End whoever's claim and keep the task for `to` for four hours.

    ValueError without a reason. NotYours when the actor is no supervisor of the branch, or when `to` lacks the role,
    works elsewhere, is locked, or is forbidden by `notSameAs`. Stale when the task is closed.
    """

    def work(tx: Session) -> Task:
        held, task = holding_task(store, tx, task_id)
        _check_supervisor(held, task, actor)
        must_be_open(task)
        if not may_have(tx, held, task, to):
            raise NotYours(f"{to} may not do {task.step}")
        return _keep_for(held, task, to, actor, reason.strip())

    if not reason.strip():
        raise ValueError("a reason is needed")
    return store.unit(work)


def may_have(tx: Session, held: Held, task: Task, to: str) -> bool:
    """Whether this colleague may be given the task."""
    member = tx.get(Staff, to)
    if member is None or member.locked_at is not None:
        return False
    fits = task.role in member.roles and member.branch_id == task.branch_id
    return fits and forbidden_by(tx, held.bundle, held.case.id, task.step, to) is None


def colleagues(tx: Session, task: Task) -> list[Staff]:
    """Who has the role in the branch and is not locked, by name."""
    here = select(Staff).where(Staff.branch_id == task.branch_id, Staff.locked_at.is_(None)).order_by(Staff.name)
    return [member for member in tx.scalars(here) if task.role in member.roles]


def _check_supervisor(held: Held, task: Task, actor: Actor) -> None:
    here = actor.kind == "staff" and SUPERVISOR in actor.roles and actor.branch_id == held.case.branch_id
    if not here or task.role == INVESTOR:
        raise NotYours("only a supervisor of the branch reassigns a desk task")


def _keep_for(held: Held, task: Task, to: str, actor: Actor, reason: str) -> Task:
    before = task.claimed_by
    task.claimed_by = task.claimed_at = task.lease_until = None
    task.preferred_by, task.preferred_until = to, held.now + KEPT
    line_events.returned(held.tx, task.id, actor.id, held.now)
    held.tx.flush()
    held.case.status = status.text_of(held.tx, held.case, held.bundle, held.now)
    body = {"task": task.id, "step": task.step, "from": before, "to": to}
    held.write_down(actor, "reassign", {**body, "comment": remarks.keep(held, task, actor, reason)})
    return task
