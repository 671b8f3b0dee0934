"""Opening a case: looking is free, one exclusive business at a time, pinned to the version it began with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.bundles import publish
from engine.bundles.loading import assemble
from engine.cases import open_case
from engine.errors import Conflict, Gone, Pending
from engine.store import Store
from engine.tables import Case, Obligation
from tests.house import CHANGE, SETTINGS, SUPPLEMENT, drawn, known
from tests.walk import Walk


def _open(store: Store, business: str = CHANGE, obligation: str | None = None) -> str:
    return open_case(
        store, business=business, customer_id="zhang", branch_id="north", settings=SETTINGS, obligation_id=obligation
    )


def _obligation(store: Store, name: str) -> str:
    with store.write() as tx:
        tx.add(
            Obligation(id=name, customer_id="zhang", business=SUPPLEMENT, forced=False, created_at=store.clock.now())
        )
    return name


def test_an_opening_that_was_not_started_is_used_again(store: Store) -> None:
    assert _open(store) == _open(store)


def test_a_started_exclusive_business_blocks_the_next(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    with pytest.raises(Pending) as pending:
        _open(store)
    assert pending.value.case_id == case.id


def test_a_business_that_is_not_exclusive_goes_beside_it(store: Store, walk: Callable[..., Walk]) -> None:
    walk().photos()
    beside = Walk(store, SUPPLEMENT)
    beside.do("certificate_check", certificate__found=True)
    assert beside.case.started_at is not None


def test_one_obligation_has_one_case_at_a_time(store: Store) -> None:
    first, second = _obligation(store, "first"), _obligation(store, "second")
    mine = _open(store, SUPPLEMENT, first)
    with store.write() as tx:
        case = tx.get(Case, mine)
        assert case is not None and case.obligation_id == first
        case.started_at = store.clock.now()
    assert _open(store, SUPPLEMENT, first) == mine
    assert _open(store, SUPPLEMENT, second) != mine


def test_an_unknown_business_is_gone(store: Store) -> None:
    with pytest.raises(Gone):
        _open(store, "nothing")


def test_a_running_case_stays_on_its_version_and_a_new_one_takes_the_new(
    store: Store, walk: Callable[..., Walk]
) -> None:
    old = walk().photos()
    notices = f"processes/{CHANGE}/notices.json"
    newer = assemble({**drawn(CHANGE).files, notices: drawn(CHANGE).files[notices] + b"\n"}, CHANGE, known())
    with store.write() as tx:
        publish(tx, newer, "newer", "test", store.clock.now())
    fresh = walk(customer="wang")
    assert (old.case.bundle_hash, fresh.case.bundle_hash) == (drawn(CHANGE).hash, newer.hash)
    assert newer.process_hash == drawn(CHANGE).process_hash
    old.do("basic_data")


def test_the_settings_of_the_start_stay(walk: Callable[..., Walk]) -> None:
    facts = walk(second_review=True, idle_limit="P5D", unknown="x").facts
    assert facts["settings"] == {"idle_warning": "P23D", "idle_limit": "P5D", "second_review": True}


def test_the_database_is_the_judge_of_one_pending_business(store: Store, walk: Callable[..., Walk]) -> None:
    """The check before the write is for the words; the index decides."""
    walk().photos()
    with store.read() as tx:
        first = tx.query(Case).one()
    columns = {column.key: getattr(first, column.key) for column in Case.__table__.columns}
    with pytest.raises(Conflict), store.write() as tx:
        tx.add(Case(**{**columns, "id": "second", "number": "2", "version": 1}))


def test_a_store_that_was_not_told_of_forms_says_so(store: Store) -> None:
    with pytest.raises(RuntimeError, match="was not told"):
        _open(replace(store, known=None))
