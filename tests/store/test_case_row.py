"""A case that a step holds is written beside the ORM: once, as one more version, and over nobody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine.cases import case_row
from engine.cases.case_row import CaseRow
from engine.changes import branch_box, case_box
from engine.errors import Conflict
from engine.store import Store
from engine.tables import Case
from tests.house import CHANGE
from tests.walk import Walk


@pytest.fixture
def walk(store: Store) -> Walk:
    return Walk(store, CHANGE, "zhang")


def held(tx: Session, walk: Walk) -> CaseRow:
    row = case_row.locked(tx, walk.tasks[0].id)
    assert row is not None
    return row


def stored(store: Store, walk: Walk) -> tuple[str, int]:
    with store.read() as tx:
        case = tx.get_one(Case, walk.id)
        return case.status, case.version


def test_what_was_set_is_written_as_one_more_version_and_told(store: Store, walk: Walk) -> None:
    heard: list[frozenset[str]] = []
    store.tell = heard.append
    _, version = stored(store, walk)
    with store.write() as tx:
        row = held(tx, walk)
        row.status = "x"
        row.keep(tx)
        row.keep(tx)  # nothing was set since
    assert stored(store, walk) == ("x", version + 1)
    assert heard == [{case_box(walk.id), branch_box(row.branch_id)}]


def test_what_was_not_set_is_no_version_and_tells_nobody(store: Store, walk: Walk) -> None:
    before = stored(store, walk)
    with store.write() as tx:
        row = held(tx, walk)
        row.status = before[0]
        row.keep(tx)
    assert stored(store, walk) == before


def test_over_a_version_that_was_not_read_nothing_is_written(store: Store, walk: Walk) -> None:
    with pytest.raises(Conflict), store.write() as tx:
        row = held(tx, walk)
        tx.execute(update(Case).where(Case.id == walk.id).values(version=Case.version + 1))  # who took no lock
        row.status = "x"
        row.keep(tx)
    assert stored(store, walk)[0] != "x"


def test_a_task_that_is_not_there_has_no_case(store: Store) -> None:
    with store.write() as tx:
        assert case_row.locked(tx, "nobody's") is None
