"""Who may do a task: the owner of the case, or staff of the role and the branch, with four eyes where drawn."""

from __future__ import annotations

from datetime import datetime

from engine.actors import Actor
from engine.cases.four_eyes import forbidden_by
from engine.cases.holding import Held
from engine.cases.status import is_claimed
from engine.errors import Claimed, Gone, NotClaimed, NotYours
from engine.tables import Case, Task

INVESTOR = "investor"


def check_case(case: Case, actor: Actor) -> None:
    """Gone for another's case, as if there were none; NotYours for staff of another branch."""
    if actor.kind == INVESTOR and case.customer_id != actor.id:
        raise Gone
    if actor.kind == "staff" and case.branch_id != actor.branch_id:
        raise NotYours("another branch's case")


def check_task(held: Held, task: Task, actor: Actor) -> None:
    """The person may do this step of this case at all."""
    check_case(held.case, actor)
    fits = actor.kind == INVESTOR if task.role == INVESTOR else actor.kind == "staff" and task.role in actor.roles
    if not fits:
        raise NotYours(f"the step belongs to {task.role}")
    check_four_eyes(held, task, actor)


def check_four_eyes(held: Held, task: Task, actor: Actor) -> None:
    """Whoever completed the other step in any round of the case may not do this one."""
    other = forbidden_by(held.tx, held.bundle, held.case.id, task.step, actor.id)
    if other is not None:
        raise NotYours(f"the same person did {other}")


def check_claim(task: Task, actor: Actor, now: datetime) -> None:
    """A desk task needs a live claim of this very person."""
    if task.role == INVESTOR:
        return
    if is_claimed(task, now) and task.claimed_by != actor.id:
        assert task.claimed_by is not None and task.claimed_at is not None
        raise Claimed(task.claimed_by, task.claimed_at)
    if not is_claimed(task, now):
        raise NotClaimed
