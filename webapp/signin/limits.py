"""Counting of tries in SQL, so that a limit holds across processes and restarts."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from engine.tables import Attempt
from webapp.house import vault


def count(tx: Session, what: str, key: str, since: datetime) -> int:
    """How often this was tried since then."""
    tried = (
        select(func.count())
        .select_from(Attempt)
        .where(Attempt.what == what, Attempt.key == hashed(key), Attempt.at > since)
    )
    return tx.scalar(tried) or 0


def record(tx: Session, what: str, key: str, at: datetime, id: str) -> None:
    tx.add(Attempt(id=id, what=what, key=hashed(key), at=at))


def forget(tx: Session, what: str, key: str) -> None:
    """A success forgives the tries before it."""
    tx.execute(delete(Attempt).where(Attempt.what == what, Attempt.key == hashed(key)))


def hold(tx: Session, key: str) -> None:
    """Let one unit at a time count this key. SQLite has one writer anyway; PostgreSQL is asked for a lock."""
    if tx.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        tx.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def hashed(key: str) -> str:
    """With the vault's key: all addresses there are, are soon tried against a bare hash."""
    return vault().index("attempts.key", key)
