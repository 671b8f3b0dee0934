"""What the end of a case means: for its rows, and what the diagram wants done after it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine import appointments
from engine.diagrams.ends import AFTERWARDS
from engine.tables import Case, Draft

if TYPE_CHECKING:
    from engine.bundles import Bundle


def end(tx: Session, case: Case, end_id: str | None, now: datetime) -> None:
    """Close the case; what was typed and never submitted is not kept, what was booked is free again."""
    case.ended_at, case.end_id = now, end_id
    appointments.close(tx, case.id, "ended", now)
    tx.execute(delete(Draft).where(Draft.case_id == case.id))


def afterwards(bundle: Bundle, end_id: str | None) -> str | None:
    """The service that the end event names (`afterwards`): it is asked for once, and nobody waits for it."""
    end = bundle.drawing.elements.get((bundle.business.process, end_id or ""))
    return end.properties.get(AFTERWARDS) if end is not None else None
