"""Somebody begins anew while his last case is just ending: at no moment has he two, and he is told why he must wait.

The end has all but committed when he comes. On SQLite he waits for it, and has his new case; on PostgreSQL he need not
wait: he reads that the old one is under way, and has the new one when he comes again. That the end is one of eight
that are tried at once, and he one of eight who come, is in `test_race.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import outbox
from engine.cases import open_case
from engine.store import Store
from engine.tables import Case
from tests.crash.test_pairs import (
    LI,
    Meeting,
    Move,
    _later,
    gives_up,
    met,
    started,
    sweeps_timers,
)
from tests.flow.wander.holds import check
from tests.flow.wander.once import check_once
from tests.house import CHANGE, SETTINGS, count_rows, hire
from tests.walk import Walk

pytestmark = pytest.mark.crash


def begins(store: Store, walk: Walk) -> str:
    return open_case(store, business=CHANGE, customer_id=walk.me.id, branch_id="north", settings=SETTINGS)


def is_applied(store: Store, walk: Walk) -> None:
    assert outbox.finish(store, walk.jobs[0].id, 1, {"application.result": "applied"})


def is_revoked(store: Store, walk: Walk) -> None:
    assert outbox.finish(store, walk.jobs[0].id, 1, {"certificate.revoked": True})


def at_the_account(store: Store) -> Walk:
    return _sent(Walk(store).to_application().until("account.apply"))


def refused(store: Store) -> Walk:
    """For good, but for the certificate that is to be revoked."""
    walk = Walk(store).to_review()
    walk.reject("review", "not_in_person", by=LI, review__decision="reject")
    return _sent(walk)


def _sent(walk: Walk) -> Walk:
    outbox.due(walk.store)
    return walk


def idle(store: Store) -> Walk:
    return _later(started(store), days=31)


ENDS: dict[str, tuple[Callable[[Store], Walk], Move]] = {
    "办理成功": (at_the_account, is_applied),
    "办理失败": (refused, is_revoked),
    "已放弃": (started, gives_up),
    "已超时": (idle, sweeps_timers),
}


@pytest.mark.parametrize("status", ENDS)
def test_who_comes_while_his_last_case_ends_has_one_case_and_then_the_next(store: Store, status: str) -> None:
    at, ends = ENDS[status]
    hire(store, LI)
    walk = at(store)
    said = met(store, walk, Meeting(ends, begins, at, "", "", passes_by=True))
    assert said == (["Pending"] * 2 if store.db.dialect.name == "postgresql" else ["waits", "won"])
    assert walk.case.status == status
    anew = Walk(store, customer=walk.me.id)
    anew.do("upload_photos")
    with store.read() as tx:
        assert count_rows(tx, Case, customer_id=walk.me.id, ended_at=None) == 1 and anew.id != walk.id
    check(store, {})
    check_once(store, [])
