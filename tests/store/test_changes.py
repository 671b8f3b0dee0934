"""What a write unit has changed is told when it is written, and nobody's work fails because it cannot be told."""

from __future__ import annotations

import pytest

from engine import changes
from engine.changes import CHANNEL, Teller, branch_box, case_box
from engine.store import Store
from engine.tables import Branch, Case
from tests.house import CHANGE
from tests.walk import Walk


@pytest.fixture
def heard(store: Store) -> list[frozenset[str]]:
    told: list[frozenset[str]] = []
    store.tell = told.append
    return told


def case_of(store: Store) -> Case:
    walk = Walk(store, CHANGE, "zhang")
    with store.read() as tx:
        return tx.get_one(Case, walk.id)


def test_a_case_that_is_opened_is_told_to_its_page_and_its_branch(store: Store, heard: list[frozenset[str]]) -> None:
    case = case_of(store)
    assert {case_box(case.id), branch_box(case.branch_id)} in heard


def test_what_shows_nowhere_is_told_to_nobody(store: Store, heard: list[frozenset[str]]) -> None:
    with store.write() as tx:
        tx.add(Branch(id="new", name="新", name_en="New"))
    assert heard == [frozenset()]


def test_what_was_not_written_is_not_told(store: Store, heard: list[frozenset[str]]) -> None:
    case = case_of(store)
    heard.clear()
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        tx.get_one(Case, case.id).status = "x"
        tx.flush()
        raise ZeroDivisionError
    assert heard == []


def test_a_carrier_that_fails_stops_no_work_and_is_left_alone_for_a_while(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def away(channel: str, box: str) -> None:
        tried.append(channel)
        raise ConnectionError

    store.tell = Teller(away)
    case_of(store)
    assert tried == [CHANNEL]
    monkeypatch.setattr(changes, "SILENCE", 0.0)
    store.tell = Teller(away)
    store.tell(frozenset({"case:1"}))
    store.tell(frozenset({"case:1"}))
    assert len(tried) == 3
