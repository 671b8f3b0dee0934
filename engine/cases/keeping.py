"""Whom a desk task is kept for: a case that was sent back returns to the person who knows it, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from engine.cases.four_eyes import forbidden_by
from engine.cases.waiting import is_queue
from engine.tables import Staff, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle

PREFERRED = timedelta(minutes=30)
PREFERRED_IN_LINE = timedelta(minutes=2)  # somebody waits in front of his screen: another verifier must not stand idle


@dataclass(frozen=True)
class Kept:
    """The colleague who comes first, and until when."""

    by: str
    until: datetime


def kept_for(tx: Session, bundle: Bundle, before: Task, now: datetime) -> Kept | None:
    """Whoever rejected at `before`, this step's round before, as long as he still works here and may do it."""
    if before.closed_how != "reject" or before.closed_by is None:
        return None
    tx.flush()  # what he has done just now counts too
    member = tx.get(Staff, before.closed_by)
    gone = member is not None and member.locked_at is not None
    if gone or forbidden_by(tx, bundle, before.case_id, before.step, before.closed_by):
        return None
    span = PREFERRED_IN_LINE if is_queue(bundle.step(before.step)) else PREFERRED
    return Kept(before.closed_by, now + span)
