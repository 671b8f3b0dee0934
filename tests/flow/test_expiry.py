"""What has expired is forgotten, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.store import Store
from engine.tables import Attempt, Challenge, PictureCode, SessionRow, SignInCode
from tests.house import count_rows
from workers.expiry import forget_expired


@pytest.mark.parametrize(
    ("table", "days_kept"),
    [(SessionRow, 30), (SignInCode, 2), (PictureCode, 2), (Attempt, 2), (Challenge, 1)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_row_goes_when_its_time_is_over(store: Store, table: type, days_kept: int) -> None:
    now = store.clock.now()
    with store.write() as tx:
        tx.add(row(table, "fresh", now - timedelta(days=days_kept) + timedelta(minutes=1)))
        tx.add(row(table, "old", now - timedelta(days=days_kept) - timedelta(minutes=1)))
    assert forget_expired(store) == 1
    with store.read() as tx:
        assert count_rows(tx, table, id="fresh") == 1
        assert count_rows(tx, table, id="old") == 0


def row(table: type, id: str, at: object) -> object:
    rows = {
        SessionRow: lambda: SessionRow(id=id, kind="staff", person_id="li", created_at=at, seen_at=at, ended_at=None),
        SignInCode: lambda: SignInCode(id=id, person="zhang", code_hash="h", sent_at=at, wrong=0, used_at=None),
        PictureCode: lambda: PictureCode(id=id, answer=b"a", drawn_at=at, used_at=None),
        Attempt: lambda: Attempt(id=id, what="code", key="k", at=at),
        Challenge: lambda: Challenge(
            id=id, customer_id="zhang", case_id="c", purpose="check", text="t", created_at=at, used_at=None
        ),
    }
    return rows[table]()
