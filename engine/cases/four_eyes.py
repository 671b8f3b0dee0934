"""Four eyes: who did one step, in any round of the case, may not do the other (`notSameAs` in the diagram)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import Task

if TYPE_CHECKING:
    from engine.bundles import Bundle

DONE = ("submit", "reject")


def forbidden_by(tx: Session, bundle: Bundle, case_id: str, step: str, person: str) -> str | None:
    """The step that this person did and that forbids him this one; None when he may do it."""
    other = bundle.step(step).not_same_as
    if other is None:
        return None
    done = select(Task.id).where(
        Task.case_id == case_id, Task.step == other, Task.closed_by == person, Task.closed_how.in_(DONE)
    )
    return other if tx.scalar(done.limit(1)) is not None else None
