"""Sixteen processes empty a long line: each customer is called once, booked ones and walk-ins by turns."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.store import Store
from engine.tables import QueueEvent
from tests.crash.competitors import race
from tests.crash.line_crowd import crowd

pytestmark = pytest.mark.crash
PROCESSES, BOOKED_EVERY, IN_CONTROL, PATIENCE = 16, 10, 60, 900
CUSTOMERS = {"postgresql": 1000, "sqlite": 300}
"""SQLite lets one claim at a time: there is less to race for, and it takes longer."""


def emptied(store: Store, url: str, folder: Path, move: str) -> Counter[str]:
    """How often each customer was called."""
    store.db.dispose()
    (got,) = race(url, folder, store.clock.now(), move, [("", "all")], PROCESSES, PATIENCE)
    assert not [word for word in got if not word.startswith("won")], got
    return Counter(name for word in got for name in word.split()[1:])


def test_each_of_a_thousand_is_called_once(store: Store, database_url: str, tmp_path: Path) -> None:
    customers = CUSTOMERS[store.db.dialect.name]
    line = crowd(store, customers, BOOKED_EVERY)
    assert emptied(store, database_url, tmp_path, "call_all") == Counter(line)
    with store.read() as tx:
        booked = list(tx.scalars(select(QueueEvent.booked).where(QueueEvent.what == "called").order_by(QueueEvent.id)))
    assert sum(booked) == customers // BOOKED_EVERY
    last = max(number for number, one in enumerate(booked) if one)
    assert last <= 2 * customers // BOOKED_EVERY + PROCESSES, "booked ones do not wait behind all walk-ins"
    assert sum(booked[:40]) <= 20 + PROCESSES, "nor do walk-ins wait behind all who booked"


def test_control_who_looks_and_then_writes_calls_customers_twice(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """If this ever fails, the test above proves nothing."""
    crowd(store, IN_CONTROL)
    assert max(emptied(store, database_url, tmp_path, "call_all_carelessly").values()) > 1
