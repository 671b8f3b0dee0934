"""What a database is asked, and how it goes about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

Asked = tuple[str, Any]
"""A statement and its parameters, as the driver gets them."""


@contextmanager
def noted() -> Iterator[list[Asked]]:
    """Every SELECT that any connection is given meanwhile."""
    found: list[Asked] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plans(db: Engine, statements: list[Asked]) -> list[tuple[str, str]]:
    """Each statement with each step of SQLite's plan for it."""
    with db.connect() as connection:
        return [
            (statement, step[-1])
            for statement, given in statements
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
