"""The same take-over on PostgreSQL: the rows of a former version, its tables, and the migrations to today's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from cli.installation import Installation
from cli.preparing import prepare
from cli.store import store_of
from engine import audit
from engine.store import Store, connect
from engine.tables import Base, Case
from migrations.upgrade import is_current, migrate
from tests.house import HandClock
from tests.store.conftest import postgres_url
from tests.upgrade.moving import moved
from tests.upgrade.resumed import Resumed
from tests.upgrade.test_upgrade import ARCHIVES, NEXT_DAY, is_whole, outcomes, taken_back, unpacked

pytestmark = pytest.mark.postgres
__all__ = ["postgres_url"]


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.name.split(".")[0])
def data(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> Path:
    """A former version's folder, whose rows stand in PostgreSQL as that version would have left them."""
    folder = unpacked(request.param, tmp_path)
    moved(folder, postgres_url)
    return folder


@pytest.fixture
def store(data: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Taken over as `kaihu up` does it."""
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    prepare(Installation(data), demonstration=True, say=lambda line: None).db.dispose()
    store = replace(store_of(Installation(data)), clock=HandClock(NEXT_DAY))
    yield store
    store.db.dispose()


def test_the_rows_come_out_as_they_do_on_sqlite(data: Path, postgres_url: str) -> None:
    """Every row of every table, by the same migrations."""
    both = {}
    for url in (postgres_url, f"sqlite:///{data / 'kaihu.db'}"):
        migrate(url)
        assert is_current(url)
        engine = connect(url)
        both[url] = rows(engine)
        engine.dispose()
    on_postgres, on_sqlite = both.values()
    assert sum(len(each) for each in on_sqlite.values()) > 100
    assert {name: found for name, found in on_postgres.items() if found != on_sqlite[name]} == {}


def test_answers_that_are_kept_short_are_whole_again_for_the_version_before(store: Store, data: Path) -> None:
    cases = json.loads((data / "states.json").read_text("utf-8"))
    Resumed(store, cases["basic_data"]).to_the_end()
    assert not all(map(is_whole, outcomes(store))), "control: today's are short"
    taken_back(store.db.url.render_as_string(hide_password=False), "0010")
    assert all(map(is_whole, outcomes(store)))


def rows(engine: Engine) -> dict[str, list[str]]:
    """What the code of today reads, table by table, in an order of its own."""

    def told(row: Any) -> str:
        return repr(tuple(row))

    tables = Base.metadata.tables
    with engine.connect() as connection:
        return {name: sorted(map(told, connection.execute(select(table)))) for name, table in tables.items()}


def test_what_was_sealed_opens_audits_hold_and_cases_come_to_their_ends(store: Store, data: Path) -> None:
    cases = json.loads((data / "states.json").read_text("utf-8"))
    for state in ("sent_back", "in_line", "claimed"):
        case = Resumed(store, cases[state])
        case.to_the_end()
        assert case.case.status == "办理成功"
    with store.read() as tx:
        assert len(tx.scalars(select(Case)).all()) >= len(cases)
        chains = [head.chain for head in audit.heads(tx)]
        assert len(chains) > 9 and [one for one in chains if audit.verify(tx, store.vault, one) is not None] == []
