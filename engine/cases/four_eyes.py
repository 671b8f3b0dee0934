"""Four eyes: who did one step, in any round of the case, may not do the other (`notSameAs` in the diagram).

It is drawn on one of the two steps and holds for both: a later round may ask the earlier step again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import Task

if TYPE_CHECKING:
    from engine.bundles import Bundle

DONE = ("submit", "reject")


def forbidden_by(tx: Session, bundle: Bundle, case_id: str, step: str, person: str) -> str | None:
    """The step that this person did and that forbids him this one; None when he may do it."""
    others = apart_from(bundle, step)
    if not others:
        return None
    done = select(Task.step).where(
        Task.case_id == case_id, Task.step.in_(others), Task.closed_by == person, Task.closed_how.in_(DONE)
    )
    return tx.scalar(done.limit(1))


def done_by(tx: Session, person: str, cases: Collection[str]) -> set[tuple[str, str]]:
    """What this person did in these cases: each case with each step."""
    done = select(Task.case_id, Task.step).where(
        Task.case_id.in_(cases), Task.closed_by == person, Task.closed_how.in_(DONE)
    )
    return {(case_id, step) for case_id, step in tx.execute(done)}


def apart_from(bundle: Bundle, step: str) -> set[str]:
    """The steps that nobody may have done who does this one."""
    named = bundle.step(step).not_same_as
    naming = {each.id for each in bundle.steps if each.not_same_as == step}
    return naming if named is None else {named, *naming}
