"""What became of the cases of a migration, by their numbers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.migration.verdict import Cause
from engine.tables import Case, MigratedCase, Migration


@dataclass(frozen=True)
class Result:
    """One case: what became of it and why, and whether that can still be taken back.

    `to_hash` is the version on which the migration left it, none while it was not tried.
    """

    case_id: str
    number: str
    from_hash: str
    to_hash: str | None
    result: str | None
    causes: tuple[Cause, ...]
    at: datetime | None
    undone_at: datetime | None
    may_undo: bool


def results(tx: Session, migration_id: str) -> list[Result]:
    """In the order in which they are worked off."""
    order = tx.get(Migration, migration_id)
    query = select(MigratedCase, Case.number, Case.version).join(Case, Case.id == MigratedCase.case_id)
    rows = tx.execute(query.where(MigratedCase.migration_id == migration_id).order_by(MigratedCase.case_id))
    return [_result(row, number or "", version, order.to_hash) for row, number, version in rows] if order else []


def migrations_of(tx: Session, business: str) -> list[Migration]:
    """The migrations of a business, the latest first."""
    mine = select(Migration).where(Migration.business == business)
    return list(tx.scalars(mine.order_by(Migration.at.desc(), Migration.id.desc())))


def _result(row: MigratedCase, number: str, version: int, target: str) -> Result:
    causes = tuple(Cause.of(each) for each in row.causes or ())
    moved = row.before is not None and row.undone_at is None
    left_on = target if moved else row.from_hash if row.result else None
    may_undo = moved and row.version == version
    return Result(row.case_id, number, row.from_hash, left_on, row.result, causes, row.at, row.undone_at, may_undo)
