"""What the end of a case means for its rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.tables import Case, Draft


def end(tx: Session, case: Case, end_id: str | None, now: datetime) -> None:
    """Close the case; what was typed and never submitted is not kept."""
    case.ended_at, case.end_id = now, end_id
    tx.execute(delete(Draft).where(Draft.case_id == case.id))
