"""What a migration does to the rows that are there, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from engine.cases.submissions import DIGITS
from engine.store import connect
from engine.tables import Base
from migrations.upgrade import migrate
from tests.store.conftest import HandClock

KEPT_ONCE = {"submissions", "tries"}
WITHOUT = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = connect(url)
    yield made
    made.dispose()


def kept_once(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text(WITHOUT)))


def add_submission(engine: Engine) -> None:
    """With the case that it belongs to."""
    now, digest = HandClock().now(), "0123456789abcdef" * 4
    case = {"id": "c", "business": "tea", "bundle_hash": "h", "customer_id": "me", "branch_id": "east", "state": "{}"}
    case |= {"version": 1, "exclusive": True, "opened_at": now, "touched_at": now, "status": "办理中"}
    sealed = dict.fromkeys(("id_number", "name", "phone", "account_number", "address", "issuer"), b"sealed")
    person = {"id": "me", "id_index": "i", "branch_id": "east", "account_type": "-", "id_long_term": True, **sealed}
    said = {"id": "s", "case_id": "c", "task_id": "t", "step": "a", "round": 1, "kind": "submit", "by": "me", "at": now}
    published = {"note": "-", "author": "qian", "published_at": now}
    rows = {
        "branches": {"id": "east", "name": "东", "name_en": "East"},
        "customers": person,
        "bundles": {"hash": "h", "business": "tea", "process_hash": "p", "files": b"", **published},
        "cases": case,
        "submissions": {**said, "digest": digest, "answers": b"sealed", "outcome": {"opened": ["b"]}},
    }
    with engine.begin() as connection:
        for table, row in rows.items():
            connection.execute(Base.metadata.tables[table].insert().values(**row))


def test_rows_are_kept_once_in_new_tables_and_in_migrated_ones(url: str, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a row beside its key")
    migrate(url, "0015")
    assert kept_once(engine) == set()
    migrate(url)
    assert kept_once(engine) == KEPT_ONCE
    said = {
        table.name for table in Base.metadata.sorted_tables if table.dialect_options["sqlite"]["with_rowid"] is False
    }
    assert said == KEPT_ONCE


def test_a_submission_of_before_is_there_with_the_front_of_its_digest(url: str, engine: Engine) -> None:
    migrate(url, "0015")
    add_submission(engine)
    migrate(url)
    with engine.connect() as connection:
        row = connection.execute(Base.metadata.tables["submissions"].select()).one()
    assert row.digest == ("0123456789abcdef" * 4)[:DIGITS]
    assert (row.id, row.answers, row.outcome, row.at) == ("s", b"sealed", {"opened": ["b"]}, HandClock().now())
