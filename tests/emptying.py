"""A database as it was before anything happened, between two tests."""

from __future__ import annotations

from sqlalchemy import Engine, text

from engine.tables import Base


def empty(engine: Engine) -> None:
    """Delete every row. TRUNCATE would make each table and index a new file on the disk, a hundred times as slow."""
    tables = (table.name for table in reversed(Base.metadata.sorted_tables))
    with engine.begin() as connection:
        connection.execute(text(";".join(f"DELETE FROM {name}" for name in tables)))
