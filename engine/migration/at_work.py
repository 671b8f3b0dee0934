"""Whether the customer of a case sits in front of one of its forms: it is not changed under his hands."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists, select

from engine.cases import access
from engine.cases.holding import Held
from engine.tables import Draft, KeptForm, SessionRow, Task

WITHIN = timedelta(minutes=10)


def is_at_work(held: Held) -> bool:
    """Whether a step of his is open, and he typed, sent a form too late, or showed himself in the last ten minutes."""
    since, who, tx = held.now - WITHIN, held.case.customer_id, held.tx
    his = select(Task.id).where(Task.case_id == held.case.id, Task.closed_at.is_(None), Task.role == access.INVESTOR)
    if tx.scalar(his.limit(1)) is None:
        return False
    typed = exists().where(Draft.case_id == held.case.id, Draft.by == who, Draft.saved_at > since)
    late = exists().where(KeptForm.kind == access.INVESTOR, KeptForm.person_id == who, KeptForm.at > since)
    seen = exists().where(
        SessionRow.kind == access.INVESTOR, SessionRow.person_id == who, SessionRow.ended_at.is_(None),
        SessionRow.seen_at > since,
    )  # fmt: skip
    return bool(tx.scalar(select(typed | late | seen)))
