"""Which version a new case takes: the one place that answers it, from the rows of what was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from engine.errors import Gone
from engine.tables import Publication

PARTS = 100


def published(tx: Session, business: str, at: datetime, *, branch: str | None = None, case: str | None = None) -> str:
    """The hash of the version that a new case takes at this moment, now or to come.

    Without its branch and its id: what everybody takes, whatever is tried with a part of the cases. Raises Gone when
    the business has no version.
    """
    for row in standing(tx, business, at):
        if _takes(row, branch, case):
            return row.bundle_hash
    raise Gone(f"no published version of {business!r}")


def in_use(tx: Session, business: str, at: datetime, branch: str | None = None) -> str | None:
    """The version that everybody (of a branch) takes; None for a business that has none."""
    try:
        return published(tx, business, at, branch=branch)
    except Gone:
        return None


def standing(tx: Session, business: str, at: datetime) -> Sequence[Publication]:
    """What has begun by then and was not taken back, the latest first."""
    begun = or_(Publication.starts_at.is_(None), Publication.starts_at <= at)
    return tx.scalars(_kept(business).where(begun)).all()


def under_way(tx: Session, business: str, at: datetime) -> Publication | None:
    """What was published and is not taken by everybody yet: it waits for its time, or is tried with a part."""
    last = tx.scalars(_kept(business).limit(1)).first()
    return last if last is not None and (waits(last, at) or not is_for_all(last)) else None


def waits(row: Publication, at: datetime) -> bool:
    """Whether its time has not come."""
    return row.starts_at is not None and row.starts_at > at


def is_for_all(row: Publication) -> bool:
    """Whether every new case takes it, once its time has come."""
    return (row.share is None and row.branches is None) or row.widened_at is not None


def _kept(business: str) -> Select[Publication]:
    rows = select(Publication).where(Publication.business == business, Publication.withdrawn_at.is_(None))
    return rows.order_by(Publication.id.desc())


def part_of(case: str) -> int:
    """A number from 0 to 99 that a case keeps for ever: below the share, it is among those that try a version."""
    return int.from_bytes(sha256(case.encode()).digest()[:8]) % PARTS


def _takes(row: Publication, branch: str | None, case: str | None) -> bool:
    if is_for_all(row):
        return True
    if row.branches is not None:
        return branch in row.branches
    return case is not None and part_of(case) < (row.share or 0)
