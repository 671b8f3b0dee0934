"""Rows beside the ORM: read by the names of their columns, written at once, seen in the same transaction."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.exc import DBAPIError

from engine import rows
from engine.errors import Conflict
from engine.prepared import Constant
from engine.store import Store
from engine.tables import Branch, SignInCode

KEYED = rows.by_key(Branch)
ALL = Constant(select(rows.of(Branch)).where(Branch.id.like("row%")).order_by(Branch.id))
ADD = Constant(insert(rows.of(Branch)))
RENAME = Constant(update(rows.of(Branch)).where(Branch.id == bindparam("of")).values(name=bindparam("now")))


def test_what_is_written_is_there_before_anything_is_flushed(store: Store) -> None:
    with store.write() as tx:
        rows.write(tx, ADD, *({"id": f"row{n}", "name": f"营业部{n}", "name_en": f"Branch {n}"} for n in (1, 2)))
        assert [row.name for row in rows.every(tx, ALL)] == ["营业部1", "营业部2"]
        rows.write(tx, RENAME, {"of": "row1", "now": "总部"})
        assert rows.first(tx, KEYED, key="row1").name == "总部"
        assert rows.first(tx, KEYED, key="nowhere") is None


def test_what_is_written_goes_with_the_transaction(store: Store) -> None:
    class Gone(Exception):
        pass

    try:
        with store.write() as tx:
            rows.write(tx, ADD, {"id": "row1", "name": "营业部", "name_en": "Branch"})
            raise Gone
    except Gone:
        pass
    with store.read() as tx:
        assert rows.every(tx, ALL) == []


CODES = select(rows.of(SignInCode)).where(SignInCode.wrong.in_((2, 3)))
SENT = Constant(insert(rows.of(SignInCode)))
OF_SOMEBODY = Constant(CODES.where(SignInCode.person == bindparam("person")).limit(1))


def test_a_value_comes_back_as_its_column_means_it(store: Store) -> None:
    """Bytes, moments and nothing, as SQLAlchemy itself reads the row."""
    code = {
        "id": "c",
        "person": "p",
        "code_hash": "h",
        "shown": b"\x00sealed",
        "sent_at": store.clock.now(),
        "wrong": 2,
    }
    with store.write() as tx:
        rows.write(tx, SENT, code)
        found = rows.first(tx, OF_SOMEBODY, person="p")
        assert found._asdict() == {**code, "used_at": None}
        assert [tuple(row) for row in tx.execute(CODES)] == [tuple(found)]
        assert rows.first(tx, OF_SOMEBODY, person="nobody") is None


def test_what_the_database_refuses_is_said_in_the_words_of_the_write_unit(store: Store) -> None:
    row = {"id": "row1", "name": "营业部", "name_en": "Branch"}
    with pytest.raises(Conflict), store.write() as tx:
        rows.write(tx, ADD, row, row)
    with pytest.raises(DBAPIError), store.read() as tx:  # outside of one it is SQLAlchemy's
        rows.write(tx, ADD, row, row)


def test_a_constant_statement_is_heard_by_what_listens(store: Store) -> None:
    heard: list[str] = []
    event.listen(store.db, "before_cursor_execute", lambda *told: heard.append(told[2]))
    with store.read() as tx:
        rows.every(tx, ALL)
    assert [text for text in heard if "FROM branches" in text]
