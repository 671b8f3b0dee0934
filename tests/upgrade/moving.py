"""An old data folder's rows in a PostgreSQL database, at the tables of the version that wrote them."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Engine, Integer, MetaData, func, select, text

from engine.store import connect
from migrations.upgrade import migrate

ALEMBIC = "alembic_version"


def moved(data: Path, url: str) -> None:
    """The database at `url`, which is empty, holds what the folder's SQLite file holds."""
    with sqlite3.connect(data / "kaihu.db") as old:
        old.row_factory = sqlite3.Row
        migrate(url, str(old.execute(f"SELECT version_num FROM {ALEMBIC}").fetchone()[0]))
        engine = connect(url)
        try:
            _copy(old, engine)
        finally:
            engine.dispose()


def _copy(old: sqlite3.Connection, engine: Engine) -> None:
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as new:
        for table in (each for each in tables.sorted_tables if each.name != ALEMBIC):
            rows = [dict(row) for row in old.execute(f'SELECT * FROM "{table.name}"')]
            if rows:
                new.execute(table.insert(), [{name: _as(table.c[name], row[name]) for name in row} for row in rows])
            for column in (
                each for each in table.primary_key if isinstance(each.type, Integer) and each.server_default
            ):
                last = new.scalar(select(func.max(column)))
                new.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
                            {"table": table.name, "column": column.name, "last": last or 1})  # fmt: skip


def _as(column: Column[Any], value: Any) -> Any:
    """A value of SQLite as PostgreSQL takes it."""
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(column.type, JSON):
        return json.loads(value)
    return bool(value) if isinstance(column.type, Boolean) else value
