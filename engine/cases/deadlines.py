"""When a desk task is due: days are trading days of the company, hours are hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from engine import company
from engine.feel.temporal import parse_duration
from engine.spans import after

_DAY = timedelta(days=1)


def due_at(tx: Session, now: datetime, duration: str | None) -> datetime | None:
    """The moment by which a step that opens now should be done; None when the diagram sets none."""
    if duration is None:
        return None
    length = parse_duration(duration)
    if not isinstance(length, timedelta) or length % _DAY:
        return after(now, duration)
    day = company.load(tx).calendars.trading.add_trading_days(now.date(), length // _DAY)
    return datetime.combine(day, now.timetz())
