"""What keeps the second of a pair from winning, taken away: if a test here ever fails, the pairs prove nothing."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from sqlalchemy import event, true
from sqlalchemy.dialects.postgresql.base import PGCompiler

from engine import line_order
from engine import store as stores
from engine.cases import case_row
from engine.prepared import Constant
from engine.store import Store
from engine.tables import Case
from engine.turns import Turns
from tests.conftest import DATABASES
from tests.crash.test_pairs import ANA, HAN, LI, MEETINGS, Meeting, met
from tests.house import hire
from tests.statements import compiles_for_itself

pytestmark = pytest.mark.crash
LOSING = [one for one in MEETINGS if one.second_is not in ("won", "NotClaimed")]


@pytest.mark.filterwarnings("ignore:DELETE statement on table")
@pytest.mark.parametrize("database_url", [DATABASES[1]], indirect=True)
@pytest.mark.parametrize("meeting", LOSING, ids=str)
def test_without_row_lock_and_version_both_win(store: Store, monkeypatch: pytest.MonkeyPatch, meeting: Meeting) -> None:
    hire(store, LI, HAN, ANA)
    walk = meeting.at(store)
    monkeypatch.setattr(PGCompiler, "for_update_clause", lambda *given, **more: "")
    monkeypatch.setattr(case_row, "_OF_TASK", Constant(case_row._OF_TASK._statement))  # one made ready has its lock
    monkeypatch.setattr(Case.__mapper__, "version_id_generator", lambda version: version or 1)
    monkeypatch.setattr(line_order, "free", lambda now: true())  # a claim compares before it sets, besides
    compiles_for_itself(store.db)
    assert met(store, walk, meeting)[-1] == "won"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("meeting", LOSING, ids=str)
def test_without_begin_immediate_the_engine_no_longer_sees_what_the_first_has_done(
    store: Store, monkeypatch: pytest.MonkeyPatch, meeting: Meeting
) -> None:
    """Both cannot win: a file's snapshot that is outdated is no writer's any more, so SQLite refuses by itself.

    What is lost without the lock is the answer: the second believes that it may, and is told of a conflict only.
    """
    hire(store, LI, HAN, ANA)
    walk = meeting.at(store)
    event.remove(store.db, "begin", stores._begin)
    event.listen(store.db, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    monkeypatch.setattr(Turns, "turn", lambda turns: nullcontext())
    monkeypatch.setattr(stores, "_TRIES", 1)
    assert met(store, walk, meeting)[-1] == "Conflict"
