"""Claims: one person of the desk works on a task, for as long as his lease lives."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access, status
from engine.cases.holding import Held, holding_task, must_be_open
from engine.cases.status import is_claimed
from engine.errors import Claimed, NotClaimed, NotYours
from engine.store import Store
from engine.tables import Task

LEASE = timedelta(minutes=30)


def claim(store: Store, task_id: str, actor: Actor) -> Task:
    """Take a desk task, or one whose lease has run out; Claimed with who was faster. One's own claim is extended."""

    def work(tx: Session) -> Task:
        held, task = _held(store, tx, task_id, actor)
        if is_claimed(task, held.now) and task.claimed_by != actor.id:
            assert task.claimed_by is not None and task.claimed_at is not None
            raise Claimed(task.claimed_by, task.claimed_at)
        if not is_claimed(task, held.now):
            _take(held, task, actor)
        return _lease(held, task)

    return store.unit(work)


def release(store: Store, task_id: str, actor: Actor) -> None:
    """Give a task back to the queue; NotClaimed when it is not this person's."""

    def work(tx: Session) -> None:
        held, task = _held(store, tx, task_id, actor)
        _must_hold(held, task, actor)
        task.claimed_by = task.claimed_at = task.lease_until = None
        _say(held, task, actor, "release")

    store.unit(work)


def extend(store: Store, task_id: str, actor: Actor) -> Task:
    """Keep the task for another lease, as activity does; NotClaimed when the lease has run out."""

    def work(tx: Session) -> Task:
        held, task = _held(store, tx, task_id, actor)
        _must_hold(held, task, actor)
        return _lease(held, task)

    return store.unit(work)


def _held(store: Store, tx: Session, task_id: str, actor: Actor) -> tuple[Held, Task]:
    held, task = holding_task(store, tx, task_id)
    access.check_task(held, task, actor)
    if task.role == access.INVESTOR:
        raise NotYours("an investor's step is not claimed")
    must_be_open(task)
    return held, task


def _take(held: Held, task: Task, actor: Actor) -> None:
    before = task.claimed_by
    task.claimed_by, task.claimed_at = actor.id, held.now
    task.lease_until = held.now + LEASE
    _say(held, task, actor, "claim", before)


def _lease(held: Held, task: Task) -> Task:
    task.lease_until = held.now + LEASE
    held.tx.flush()
    return task


def _must_hold(held: Held, task: Task, actor: Actor) -> None:
    if task.claimed_by != actor.id or not is_claimed(task, held.now):
        raise NotClaimed


def _say(held: Held, task: Task, actor: Actor, action: str, taken_from: str | None = None) -> None:
    held.tx.flush()
    held.case.status = status.text_of(held.tx, held.case, held.bundle, held.now)
    over = {"taken_from": taken_from} if taken_from not in (None, actor.id) else {}
    held.write_down(actor, action, {"task": task.id, "step": task.step, **over})
