"""Statements, compiled once in a process for all databases of one kind.

SQLAlchemy keeps what it has compiled by the engine, and each test has a new one: it would compile everything anew, a
quarter of what a small test costs. A text depends on the statement and on the kind of the database alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

MANY = 5_000
Kind = tuple[type, str]


class Kept(LRUCache[Any, Any]):
    """What was compiled for everybody, or by one for itself."""


@contextmanager
def compiled_once() -> Iterator[dict[Kind, Kept]]:
    """Within it every engine that is asked something keeps with the others; two dialects of one kind are one key."""
    kept: dict[Kind, Kept] = {}

    def keep_here(connection: Connection) -> None:
        if type(connection.engine._compiled_cache) is LRUCache:
            connection.engine._compiled_cache = kept.setdefault(_kind(connection.dialect), Kept(MANY))

    event.listen(Engine, "engine_connect", keep_here)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultDialect, "__hash__", lambda one: hash(_kind(one)))
        patch.setattr(DefaultDialect, "__eq__", lambda one, other: _kind(one) == _kind(other))
        yield kept
    event.remove(Engine, "engine_connect", keep_here)


def compiles_for_itself(engine: Engine) -> None:
    """For a control that changes how statements are compiled: nothing is served by others or left to them."""
    engine._compiled_cache = Kept(MANY)


def _kind(dialect: Any) -> Kind:
    return type(dialect), getattr(dialect, "paramstyle", "")
