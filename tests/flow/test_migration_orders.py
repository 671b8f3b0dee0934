"""An order to migrate is worked off case by case, goes on after a crash, and is taken back while nothing happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import audit, migration
from engine.errors import Gone, NotYours
from engine.migration import Order
from engine.migration.homes import BadHomes
from engine.store import Store
from engine.tables import MigratedCase
from tests.flow.editions import with_income
from tests.flow.migrated import (
    ANALYST,
    migrated,
    offered,
    renamed,
)
from tests.flow.wander.holds import check
from tests.house import CHANGE, drawn, investor
from tests.walk import Walk

Start = Callable[..., Walk]


def test_a_migration_is_taken_back_as_long_as_nothing_has_happened_since(store: Store, walk: Start) -> None:
    still, gone_on = walk().to_bank_cards(), walk(customer="wang").photos()
    states = [walk.case.state for walk in (still, gone_on)]
    order = migrated(store, with_income())
    gone_on.do("basic_data")
    with store.read() as tx:
        assert {each.case_id: each.may_undo for each in migration.results(tx, order)} == {
            still.id: True,
            gone_on.id: False,
        }
    assert migration.take_back(store, order, ANALYST) == {still.id: True, gone_on.id: False}
    assert (still.case.state, still.case.bundle_hash) == (states[0], drawn(CHANGE).hash)
    assert gone_on.steps == ["income"] and gone_on.case.bundle_hash == with_income().hash
    assert migration.take_back(store, order, ANALYST) == {gone_on.id: False}, "once is enough"
    check(store, {})
    still.cards().do("bank_notice")
    with store.read() as tx:
        actions = [row.action for row in audit.history(tx, audit.case_chain(still.id))]
    assert actions.index("migrate") + 1 == actions.index("migrate_back")


def test_each_case_says_from_which_version_it_came_and_on_which_it_was_left(store: Store, walk: Start) -> None:
    """Also one that another migration has moved since it was chosen: it stays where that one left it."""
    case, (first, second) = walk().to_bank_cards(), (drawn(CHANGE).hash, with_income().hash)
    waits = migration.begin(store, Order(CHANGE, offered(store, with_income()), "收入要问"), ANALYST)

    def way(order: str) -> tuple[str, str | None]:
        with store.read() as tx:
            return next((each.from_hash, each.to_hash) for each in migration.results(tx, order))

    assert way(waits) == (first, None), "not tried yet"
    order = migrated(store, with_income())
    assert way(order) == (first, second)
    migration.go_on(store, waits, ANALYST)
    assert way(waits) == (second, second)
    migration.take_back(store, order, ANALYST, case.id)
    assert way(order) == (first, first)


def test_what_was_killed_on_the_way_goes_on_where_it_was(store: Store, walk: Start) -> None:
    """The process dies after the first case is written and before the second."""
    cases = [walk().to_bank_cards(), walk(customer="wang").photos()]
    order = migration.begin(store, Order(CHANGE, offered(store, with_income()), "收入要问"), ANALYST)
    assert migration.go_on(store, order, ANALYST, limit=1).done == 1
    versions = [case.case.version for case in cases]
    second = migration.go_on(store, order, ANALYST, limit=50)
    assert (second.done, len(second.batch), second.ended) == (2, 1, True)
    assert [case.case.bundle_hash for case in cases] == [with_income().hash] * 2
    assert sum(case.case.version != was for case, was in zip(cases, versions, strict=True)) == 1, "none twice"


def test_a_case_and_what_became_of_it_are_written_together_or_not_at_all(store: Store, walk: Start) -> None:
    case = walk().to_bank_cards()
    order = migration.begin(store, Order(CHANGE, offered(store, with_income()), "收入要问"), ANALYST)

    class Killed(BaseException):
        pass

    def dies(*_: object) -> str:
        raise Killed

    record, audit.record = audit.record, dies  # type: ignore[assignment]
    try:
        with pytest.raises(Killed):
            migration.go_on(store, order, ANALYST)
    finally:
        audit.record = record
    with store.read() as tx:
        assert tx.scalars(select(MigratedCase.result)).all() == [None]
    assert case.case.bundle_hash == drawn(CHANGE).hash
    assert migration.go_on(store, order, ANALYST).ended and case.case.bundle_hash == with_income().hash


def test_only_the_cases_that_were_chosen_are_migrated(store: Store, walk: Start) -> None:
    here, there = walk().to_bank_cards(), walk(customer="wang").photos()
    migrated(store, with_income(), step="bank_cards")
    assert (here.case.bundle_hash, there.case.bundle_hash) == (with_income().hash, drawn(CHANGE).hash)


def test_an_analyst_with_a_note_and_a_version_that_was_published_and_nobody_else(store: Store, walk: Start) -> None:
    walk()
    to = offered(store, with_income())
    with pytest.raises(NotYours):
        migration.begin(store, Order(CHANGE, to, "warum"), investor())
    with pytest.raises(ValueError, match="note"):
        migration.begin(store, Order(CHANGE, to, " "), ANALYST)
    with pytest.raises(Gone):
        migration.begin(store, Order(CHANGE, renamed().hash, "warum"), ANALYST)
    with pytest.raises(BadHomes):
        migration.begin(store, Order(CHANGE, to, "warum", {"tea": "nowhere"}), ANALYST)
    with pytest.raises(Gone):
        migration.go_on(store, "nobody", ANALYST)
