"""Rows that have no use any more: old sessions, codes, tries and challenges."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from engine.store import Store
from engine.tables import Attempt, Base, Challenge, KeptForm, OutgoingText, PictureCode, SessionRow, SignInCode

SESSIONS = timedelta(days=30)
CODES = timedelta(days=2)  # longer than any limit counts
CHALLENGES = timedelta(days=1)
KEPT_FORMS = timedelta(hours=1)


def forget_expired(store: Store) -> int:
    """Delete what has expired; how many rows."""
    now = store.clock.now()
    return store.unit(lambda tx: sum(_forget(tx, table, old) for table, old in _expired(now)))


def _expired(now: datetime) -> list[tuple[type[Base], ColumnElement[bool]]]:
    return [
        (SessionRow, SessionRow.created_at < now - SESSIONS),
        (SignInCode, SignInCode.sent_at < now - CODES),
        (OutgoingText, OutgoingText.created_at < now - CODES),
        (PictureCode, PictureCode.drawn_at < now - CODES),
        (Attempt, Attempt.at < now - CODES),
        (Challenge, Challenge.created_at < now - CHALLENGES),
        (KeptForm, KeptForm.at < now - KEPT_FORMS),
    ]


def _forget(tx: Session, table: type[Base], old: ColumnElement[bool]) -> int:
    return int(getattr(tx.execute(delete(table).where(old)), "rowcount", 0))
