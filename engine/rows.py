"""Rows read and written by constant statements over the connection.

The ORM makes an object of a row and watches it. Where a row is only read, or written once, that costs five times what
the row itself does (docs/performance.md). What comes back here has the names of its columns, and to change it changes
nothing; what is written here is not known to an object that was loaded before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.prepared import Constant

if TYPE_CHECKING:
    from engine.tables import Base


def of(kind: type[Base]) -> Any:
    """The table of a kind of row, to make statements of that the ORM does not look into."""
    return kind.__table__


def by_key(kind: type[Base]) -> Constant:
    """The whole row with this `key`."""
    table = of(kind)
    (column,) = table.primary_key.columns
    return Constant(select(table).where(column == bindparam("key")))


def first(tx: Session, statement: Constant, **named: object) -> Any:
    """The first row that a constant statement finds, or None."""
    return statement.first(tx.connection(), named)


def every(tx: Session, statement: Constant, **named: object) -> Sequence[Any]:
    """All rows that a constant statement finds."""
    return statement.every(tx.connection(), named)


def write(tx: Session, statement: Constant, *rows: Mapping[str, object]) -> int:
    """Insert, change or remove, once for each of `rows`: at once, so before what still waits to be flushed.

    How many rows there were to change, where `rows` is one.
    """
    return statement.write(tx.connection(), rows)
