"""Sixteen verifiers press 接通下一位 at once: each customer of the line is called once, and who booked comes first."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine import audit, video_queue
from engine.store import Store
from engine.tables import Appointment, AuditRow
from tests.crash.competitors import Prize, race
from tests.house import HandClock, count_rows, customer
from tests.walk import Walk

pytestmark = pytest.mark.crash
VERIFIERS, CUSTOMERS, BOOKED = 16, 20, 5


@pytest.fixture
def line(store: Store, clock: HandClock) -> list[str]:
    """The cases of a long line, in the order in which they will be called: the last to come have booked."""
    names = [f"customer{number}" for number in range(CUSTOMERS)]
    with store.write() as tx:
        tx.add_all(customer(name) for name in names)
    cases = []
    for name in names:
        cases.append(Walk(store, customer=name).to_queue().id)
        clock.pass_by(seconds=1)
    with store.write() as tx:
        tx.add_all(_booking(store, case_id) for case_id in cases[-BOOKED:])
    return cases[-BOOKED:] + cases[:-BOOKED]


def _booking(store: Store, case_id: str) -> Appointment:
    now, hour = store.clock.now(), timedelta(hours=1)
    times = {"starts_at": now - hour, "ends_at": now + hour, "booked_at": now - timedelta(days=1)}
    return Appointment(
        id=store.ids.new(), case_id=case_id, branch_id="north", day=now.date(), half="am", closed_at=None,
        closed_how=None, **times,
    )  # fmt: skip


def _calls(store: Store, url: str, folder: Path, move: str, turns: list[str]) -> list[list[str]]:
    """Who was called in each turn; every turn begins for all verifiers at once."""
    store.db.dispose()
    prizes: list[Prize] = [("", turn) for turn in turns]
    got = race(url, folder, store.clock.now(), move, prizes, VERIFIERS)
    assert not [word for turn in got for word in turn if word.startswith("broken")], got
    return [[word.split()[1] for word in turn if word.startswith("won")] for turn in got]


def test_every_customer_is_called_once_and_who_booked_comes_first(
    store: Store, database_url: str, tmp_path: Path, line: list[str]
) -> None:
    first, second = _calls(store, database_url, tmp_path, "call_next", ["1", "2"])
    assert (sorted(first), sorted(second)) == (sorted(line[:VERIFIERS]), sorted(line[VERIFIERS:]))
    with store.read() as tx:
        places = video_queue.line(tx, "north", store.clock.now())
        assert len({place.by for place in places}) == CUSTOMERS, "each talks to a verifier of his own"
        assert count_rows(tx, AuditRow, action="claim") == CUSTOMERS
        for case_id in line:
            assert audit.verify(tx, store.vault, audit.case_chain(case_id)) is None


def test_control_without_the_lock_all_verifiers_call_one_customer(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """If this ever fails, the test above proves nothing."""
    alone = Walk(store).to_queue().id
    _, calls = _calls(store, database_url, tmp_path, "call_carelessly", ["look", "take"])
    assert calls == [alone] * VERIFIERS
