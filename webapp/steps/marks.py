"""The mark of a case: another one whenever its page has something new to say."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.photos import WAITING
from engine.tables import Case, Photo
from webapp.steps.pictures import WORKING


def mark(tx: Session, case_id: str) -> str:
    """Its version, which each step, claim and end raises, and how many photographs are cut out, and have been read."""
    mine = select(func.count(), func.count().filter(Photo.status.not_in(WORKING))).where(Photo.case_id == case_id)
    cut, read = tx.execute(mine.where(Photo.status != WAITING)).one()
    return f"{tx.scalar(select(Case.version).where(Case.id == case_id))}.{cut}.{read}"
