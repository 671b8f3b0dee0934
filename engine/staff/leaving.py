"""What ends when somebody of the staff may no longer: his sessions, and what he holds of a desk's work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import status
from engine.cases.holding import holding_task
from engine.tables import SessionRow, Staff, Task

if TYPE_CHECKING:
    from engine.store import Store


def end_sessions(tx: Session, staff_id: str, now: datetime) -> None:
    """On every device, at once."""
    his = (SessionRow.kind == "staff", SessionRow.person_id == staff_id, SessionRow.ended_at.is_(None))
    tx.execute(update(SessionRow).where(*his).values(ended_at=now))


def give_back(store: Store, tx: Session, row: Staff, roles: Collection[str], branch_id: str, by: Actor) -> int:
    """What he holds and could not hold with these roles in this branch goes back to its queue; how many tasks.

    Case after case in one order, so that two who do this at once do not wait for each other.
    """
    his = select(Task).where(Task.closed_at.is_(None), or_(Task.claimed_by == row.id, Task.preferred_by == row.id))
    lost = [
        task.id
        for task in tx.scalars(his.order_by(Task.case_id, Task.id))
        if task.role not in roles or task.branch_id != branch_id
    ]
    return sum(_give_back(store, tx, task_id, row.id, by) for task_id in lost)


def _give_back(store: Store, tx: Session, task_id: str, staff_id: str, by: Actor) -> bool:
    held, task = holding_task(store, tx, task_id)
    if task.closed_at is not None:
        return False
    if task.claimed_by == staff_id:
        task.claimed_by = task.claimed_at = task.lease_until = None
    if task.preferred_by == staff_id:
        task.preferred_by = task.preferred_until = None
    tx.flush()
    held.case.status = status.text_of(tx, held.case, held.bundle, held.now)
    held.write_down(by, "release", {"task": task.id, "step": task.step, "of": staff_id})
    return True
