"""Rows beside the ORM: read by the names of their columns, written at once, seen in the same transaction."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from engine import rows
from engine.store import Store
from engine.tables import Branch

KEYED = rows.by_key(Branch)
ALL = select(rows.of(Branch)).where(Branch.id.like("row%")).order_by(Branch.id)
ADD = insert(rows.of(Branch))
RENAME = update(rows.of(Branch)).where(Branch.id == bindparam("of")).values(name=bindparam("now"))


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
