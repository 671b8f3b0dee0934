"""What the account system answered last to an application: its own memory for the local one, a note for the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import AppliedChange, Signature


def note_answer(
    tx: Session, key: str, result: Literal["applied", "refused", "withdrawn"], code: str, at: datetime
) -> None:
    """Keep an answer, in place of an earlier one to the same application."""
    tx.merge(AppliedChange(key=key, result=result, code=code, at=at))
    tx.flush()


def last_answer(tx: Session, case_id: str) -> AppliedChange | None:
    """The newest answer to what was signed in a case; None while the account system has said nothing."""
    keys = [case_id, *tx.scalars(select(Signature.id).where(Signature.case_id == case_id))]
    answers = select(AppliedChange).where(AppliedChange.key.in_(keys))
    return tx.scalars(answers.order_by(AppliedChange.at.desc(), AppliedChange.key).limit(1)).first()
