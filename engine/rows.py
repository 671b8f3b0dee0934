"""Rows read and written by constant statements over the connection.

The ORM makes an object of a row and watches it. Where a row is only read, or written once, that costs five times what
the row itself does (docs/performance.md). What comes back here has the names of its columns, and to change it changes
nothing; what is written here is not known to an object that was loaded before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, Select, bindparam, select
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from engine.tables import Base


def of(kind: type[Base]) -> Any:
    """The table of a kind of row, to make statements of that the ORM does not look into."""
    return kind.__table__


def by_key(kind: type[Base]) -> Select[Any]:
    """The whole row with this `key`."""
    table = of(kind)
    (column,) = table.primary_key.columns
    return select(table).where(column == bindparam("key"))


def first(tx: Session, statement: Executable, **named: object) -> Any:
    """The first row that a constant statement finds, or None."""
    return tx.connection().execute(statement, named).first()


def every(tx: Session, statement: Executable, **named: object) -> Sequence[Any]:
    """All rows that a constant statement finds."""
    return tx.connection().execute(statement, named).all()


def write(tx: Session, statement: Executable, *rows: Mapping[str, object]) -> None:
    """Insert, change or remove, once for each of `rows`: at once, so before what still waits to be flushed."""
    tx.connection().execute(statement, list(rows) if len(rows) > 1 else rows[0])
