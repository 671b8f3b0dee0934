"""Claims: one person of the desk works on a task, for as long as his lease lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from engine import line_events, line_order, remarks
from engine.actors import SYSTEM, Actor
from engine.cases import access, status, waiting
from engine.cases.holding import Held, hold, holding_task, must_be_open, pinned
from engine.cases.status import is_claimed
from engine.errors import Claimed, Conflict, NeedsReason, NotClaimed, NotYours
from engine.store import Store
from engine.tables import Case, Task

LEASE = timedelta(minutes=30)
CALL_LEASE = timedelta(minutes=3)
"""Of a customer in line: his verifier's page renews it every few seconds, and when it is gone he goes back in line."""
KEPT_ANEW = timedelta(minutes=1)
NEXT_IN_LINE = "next in line"
"""Why a customer in line is taken whose verifier has let his claim run out: it is his turn."""


def claim(
    store: Store, task_id: str, actor: Actor, reason: str = "", check: Callable[[Session], None] = lambda tx: None
) -> Task:
    """Take a desk task; one's own claim is extended. Claimed with who was faster.

    What a colleague's lapsed lease left, or what is kept for a colleague, is taken with a reason: NeedsReason without.
    `check` refuses in the same transaction, before anything is taken.
    """

    def work(tx: Session) -> Task:
        check(tx)
        return take(store, tx, task_id, actor, reason)

    return store.unit(work)


def take(store: Store, tx: Session, task_id: str, actor: Actor, reason: str = "") -> Task:
    """The same in the caller's write unit."""
    held, task = _held(store, tx, task_id, actor)
    if is_claimed(task, held.now) and task.claimed_by != actor.id:
        assert task.claimed_by is not None and task.claimed_at is not None
        raise Claimed(task.claimed_by, task.claimed_at)
    if not is_claimed(task, held.now):
        _take(held, task, actor, reason.strip())
    return _lease(held, task)


def other_before(task: Task, staff_id: str, now: datetime) -> tuple[str, datetime | None] | None:
    """The colleague whose lapsed claim lies on the task, or for whom it is kept, and until when; None for nobody."""
    if task.claimed_by not in (None, staff_id) and not is_claimed(task, now):
        assert task.claimed_by is not None
        return task.claimed_by, task.lease_until
    kept = task.preferred_by not in (None, staff_id) and task.preferred_until is not None and now < task.preferred_until
    return (task.preferred_by, task.preferred_until) if kept and task.preferred_by else None


def release(store: Store, task_id: str, actor: Actor) -> None:
    """Give a task back to the queue; NotClaimed when it is not this person's."""

    def work(tx: Session) -> None:
        held, task = _held(store, tx, task_id, actor)
        _must_hold(held, task, actor)
        task.claimed_by = task.claimed_at = task.lease_until = None
        line_events.returned(tx, task.id, actor.id, held.now)
        _say(held, task, actor, "release")

    store.unit(work)


def extend(store: Store, task_id: str, actor: Actor) -> Task:
    """Keep the task for another lease, as activity does; NotClaimed when the lease has run out."""

    def work(tx: Session) -> Task:
        held, task = _held(store, tx, task_id, actor)
        _must_hold(held, task, actor)
        return _lease(held, task)

    return store.unit(work)


def keep(task: Task, now: datetime) -> None:
    """A call that records is held: its lease begins anew, written down once a minute only."""
    if is_claimed(task, now) and task.lease_until is not None and task.lease_until - now < CALL_LEASE - KEPT_ANEW:
        task.lease_until = now + CALL_LEASE


def tell_lapsed(store: Store) -> int:
    """Where a lease has run out, 办理状态 says again that nobody is at work; for how many cases it did not."""
    with store.read() as tx:
        stale = [case.id for case in tx.scalars(_with_lapsed_claim(store.clock.now())) if _untrue(store, tx, case)]
    return sum(store.unit(partial(_tell, store, case_id)) for case_id in stale)


def _with_lapsed_claim(now: datetime) -> Select[Case]:
    return select(Case).where(Case.id.in_(_lapsed(now).with_only_columns(Task.case_id))).order_by(Case.id)


def _lapsed(now: datetime) -> Select[Task]:
    return select(Task).where(Task.closed_at.is_(None), Task.claimed_by.is_not(None), Task.lease_until <= now)


def _untrue(store: Store, tx: Session, case: Case) -> bool:
    return case.status != status.text_of(tx, case, pinned(store, tx, case), store.clock.now())


def _tell(store: Store, case_id: str, tx: Session) -> bool:
    held = hold(store, tx, case_id, skip_locked=True)
    if held is None or not _untrue(store, tx, held.case):
        return False
    held.case.status = status.text_of(tx, held.case, held.bundle, held.now)
    for task in tx.scalars(_lapsed(held.now).where(Task.case_id == case_id)):
        line_events.returned(tx, task.id, SYSTEM.id, held.now)
    return True


def _held(store: Store, tx: Session, task_id: str, actor: Actor) -> tuple[Held, Task]:
    held, task = holding_task(store, tx, task_id)
    access.check_task(held, task, actor)
    if task.role == access.INVESTOR:
        raise NotYours("an investor's step is not claimed")
    must_be_open(task)
    return held, task


def _take(held: Held, task: Task, actor: Actor, reason: str) -> None:
    before = other_before(task, actor.id, held.now)
    if before is not None and not reason:
        raise NeedsReason(*before)
    _set_claim(held, task, actor)
    if waiting.is_queue(held.bundle.step(task.step)):
        booked = line_order.is_booked(held.tx, task.id, held.now)
        line_events.called(held.tx, task.id, actor.id, held.now, booked)
    _say(held, task, actor, "claim", {"taken_from": before[0], **_why(held, task, actor, reason)} if before else {})


def _set_claim(held: Held, task: Task, actor: Actor) -> None:
    """Compare and set: where the row says by now that somebody has it, it is he. The case's lock comes before this."""
    claimed = {"claimed_by": actor.id, "claimed_at": held.now, "lease_until": held.now + _lease_of(held, task)}
    mine = update(Task).where(Task.id == task.id, line_order.free(held.now)).values(claimed)
    done = held.tx.execute(mine, execution_options={"synchronize_session": False})
    if getattr(done, "rowcount", 0) != 1:
        raise Conflict("claimed meanwhile")
    held.tx.refresh(task)


def _lease_of(held: Held, task: Task) -> timedelta:
    return CALL_LEASE if waiting.is_queue(held.bundle.step(task.step)) else LEASE


def _why(held: Held, task: Task, actor: Actor, reason: str) -> dict[str, str]:
    """The product's own reason as it is; what somebody wrote is kept beside the case."""
    return {"reason": reason} if reason == NEXT_IN_LINE else {"comment": remarks.keep(held, task, actor, reason)}


def _lease(held: Held, task: Task) -> Task:
    task.lease_until = held.now + _lease_of(held, task)
    held.tx.flush()
    return task


def _must_hold(held: Held, task: Task, actor: Actor) -> None:
    if task.claimed_by != actor.id or not is_claimed(task, held.now):
        raise NotClaimed


def _say(held: Held, task: Task, actor: Actor, action: str, more: Mapping[str, object] = MappingProxyType({})) -> None:
    held.tx.flush()
    held.case.status = status.text_of(held.tx, held.case, held.bundle, held.now)
    held.write_down(actor, action, {"task": task.id, "step": task.step, **more})
