"""What the end of a case means for its rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine import appointments
from engine.tables import Case, Draft


def end(tx: Session, case: Case, end_id: str | None, now: datetime) -> None:
    """Close the case; what was typed and never submitted is not kept, what was booked is free again."""
    case.ended_at, case.end_id = now, end_id
    appointments.close(tx, case.id, "ended", now)
    tx.execute(delete(Draft).where(Draft.case_id == case.id))
