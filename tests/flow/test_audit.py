"""The audit chain: whatever is done to its rows, verify names the first bad one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from engine import audit
from engine.store import Store
from tests.walk import Walk

ATTACKS = {
    "a body is edited": "UPDATE audit SET body = replace(body, 'pass', 'reject') WHERE chain = :chain AND seq = :seq",
    "an actor is changed": "UPDATE audit SET actor = 'staff:han' WHERE chain = :chain AND seq = :seq",
    "a moment is changed": "UPDATE audit SET at = '2020-01-01 00:00:00' WHERE chain = :chain AND seq = :seq",
    "a row is deleted": "DELETE FROM audit WHERE chain = :chain AND seq = :seq",
    "a mac is replayed": "UPDATE audit SET mac = (SELECT mac FROM audit WHERE chain = :chain AND seq = 1), "
    "body = (SELECT body FROM audit WHERE chain = :chain AND seq = 1) WHERE chain = :chain AND seq = :seq",
    "a row is inserted": "INSERT INTO audit SELECT chain, :seq + 1000, at, actor, action, body, mac FROM audit "
    "WHERE chain = :chain AND seq = :seq",
}


def _chain(walk: Callable[..., Walk]) -> str:
    case = walk().to_success()
    return audit.case_chain(case.id)


def _verdict(store: Store, chain: str, anchor: audit.Head | None = None) -> int | None:
    with store.read() as tx:
        return audit.verify(tx, store.vault, chain, anchor)


def test_an_untouched_chain_is_whole(store: Store, walk: Callable[..., Walk]) -> None:
    assert _verdict(store, _chain(walk)) is None


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_changed_row_is_named(store: Store, walk: Callable[..., Walk], attack: str) -> None:
    chain = _chain(walk)
    with store.read() as tx:
        length = len(audit.history(tx, chain))
        decided = next(row.seq for row in audit.history(tx, chain) if "review.decision" in row.body)
    with store.write() as tx:
        tx.execute(text(ATTACKS[attack]), {"chain": chain, "seq": decided})
    assert _verdict(store, chain) == (length + 1 if attack == "a row is inserted" else decided)


def test_two_swapped_rows_are_named(store: Store, walk: Callable[..., Walk]) -> None:
    chain = _chain(walk)
    with store.write() as tx:
        for old, new in ((3, 9003), (4, 3), (9003, 4)):
            tx.execute(
                text("UPDATE audit SET seq = :new WHERE chain = :chain AND seq = :old"),
                {"chain": chain, "old": old, "new": new},
            )
    assert _verdict(store, chain) == 3


def test_a_cut_tail_is_found_by_an_anchor_and_not_without(store: Store, walk: Callable[..., Walk]) -> None:
    chain = _chain(walk)
    with store.read() as tx:
        head = next(head for head in audit.heads(tx) if head.chain == chain)
    with store.write() as tx:
        tx.execute(text("DELETE FROM audit WHERE chain = :chain AND seq = :seq"), {"chain": chain, "seq": head.seq})
    assert _verdict(store, chain) is None
    assert _verdict(store, chain, head) == head.seq


def test_every_step_is_written_down_with_who_and_what(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    case.back("basic_data")
    with store.read() as tx:
        rows = audit.history(tx, audit.case_chain(case.id))
    assert [(row.action, row.actor) for row in rows] == [
        ("open", "system:system"),
        ("submit", "investor:zhang"),
        *[("result", "system:system")] * 3,
        ("submit", "investor:zhang"),
        ("back", "investor:zhang"),
    ]


def test_a_chain_for_what_has_no_case_goes_by_its_actor(store: Store) -> None:
    chain = audit.actor_chain("staff:li")
    with store.write() as tx:
        for n in range(3):
            audit.record(tx, store.vault, chain, "staff:li", "sign_in", {"n": n}, store.clock.now())
    assert _verdict(store, chain) is None
