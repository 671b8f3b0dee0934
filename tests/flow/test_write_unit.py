"""The write unit: all or nothing, one at a time, and what databases and disks cannot do in the engine's words."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import OperationalError as Sqlite

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engine.errors import Conflict, NoRoom
from engine.store import Store
from engine.tables import Branch
from tests.house import count_rows
from tests.walk import Walk


def test_a_unit_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        tx.add(Branch(id="west", name="w", name_en="w"))
        tx.flush()
        raise ZeroDivisionError
    with store.read() as tx:
        assert count_rows(tx, Branch, id="west") == 0


def test_a_unit_inside_a_unit_is_a_mistake(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError, match="two intentions"), store.write():
        pass


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (OperationalError("", {}, Sqlite("database or disk is full")), NoRoom),
        (OSError(28, "No space left on device"), NoRoom),
        (OperationalError("", {}, Sqlite("database is locked")), Conflict),
        (StaleDataError("UPDATE matched 0 rows"), Conflict),
        (OperationalError("", {}, Sqlite("no such table")), OperationalError),
        (OSError(13, "Permission denied"), OSError),
    ],
    ids=["disk full in the database", "disk full in a folder", "locked", "lost race", "another error", "no right"],
)
def test_what_went_wrong_is_said_in_the_engines_words(store: Store, wrong: Exception, refusal: type[Exception]) -> None:
    with pytest.raises(refusal), store.write():
        raise wrong


def test_a_lost_race_is_tried_again_a_few_times(store: Store) -> None:
    tries = []

    def work(tx: Session) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict
        return "won"

    assert store.unit(work) == "won"

    def never(tx: Session) -> None:
        tries.append(1)
        raise Conflict

    tries.clear()
    with pytest.raises(Conflict):
        store.unit(never)
    assert len(tries) == 4


def test_sqlite_is_set_to_keep_what_it_acknowledged(store: Store) -> None:
    if store.db.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    with store.read() as tx:
        said = {name: tx.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_version_column_finds_a_writer_that_took_no_lock(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    seen = case.case
    case.do("upload_photos")
    with pytest.raises(Conflict), store.write() as tx:
        careless = tx.merge(seen, load=False)
        careless.status = "overwritten"
        tx.flush()


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store: Store) -> None:
    with store.read() as tx:
        before = count_rows(tx, Branch)
        with store.write() as other:
            other.add(Branch(id="west", name="w", name_en="w"))
        assert count_rows(tx, Branch) == before
    with store.read() as tx:
        assert count_rows(tx, Branch) == before + 1
