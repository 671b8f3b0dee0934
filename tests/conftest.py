"""What all tests share: a store on each database, a clock that is moved by hand, the drawn businesses."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from engine.store import Store, connect
from engine.tables import Base
from engine.vault import Vault, make_keys, open_vault
from tests.emptying import empty
from tests.house import CountedIds, HandClock, furnish, known
from tests.minutes import seconds
from tests.statements import compiled_once
from tests.tables import make_tables
from tests.walk import Walk
from workers.catalogue import SERVICES

SERVER = os.environ.get("KAIHU_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/")
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
SELDOM = 20_000, 20, 20
"""Objects until the collector looks for cycles: at its 700 it takes a fifth of what the tests take."""
gc.set_threshold(*SELDOM)


def pytest_collection_finish() -> None:
    """What is there stays: the collector need not look through it at each of its turns."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """Under `--dist loadgroup` what names a group stays together."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from tests.groups import ByFile

    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Where the time went, by subject: with several workers more seconds than the clock's."""
    if not config.getoption("durations"):
        return
    told = [one for reports in terminalreporter.stats.values() for one in reports if hasattr(one, "duration")]
    terminalreporter.section("seconds of all workers by subject")
    for subject, spent in seconds((one.nodeid, one.duration) for one in told):
        terminalreporter.line(f"{spent:8.1f} s  {subject}")


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house_vault(tmp_path: Path) -> Vault:
    make_keys(tmp_path / "keys.json")
    return open_vault(tmp_path / "keys.json", tmp_path / "blobs")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A database of this session, with all tables; missing in CI is a failure, elsewhere a skip."""
    name = f"kaihu_t_{uuid4().hex[:12]}"
    server = create_engine(SERVER + "postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no PostgreSQL server")
    engine = connect(SERVER + name)
    Base.metadata.create_all(engine)
    engine.dispose()
    yield SERVER + name
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with all tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'house.db'}"
        engine = connect(url)
        make_tables(engine)
    else:
        url = request.getfixturevalue("postgres")
        engine = connect(url)
        empty(engine)
    engine.dispose()
    return url


@pytest.fixture
def store(database_url: str, clock: HandClock, house_vault: Vault) -> Iterator[Store]:
    """A furnished store: two customers, two branches, both businesses published."""
    engine = connect(database_url)
    store = Store(engine, clock, CountedIds(), house_vault, SERVICES, known())
    furnish(store)
    yield store
    engine.dispose()


@pytest.fixture
def walk(store: Store) -> Callable[..., Walk]:
    """Open a case of a business for a customer and walk it."""

    def start(business: str = "change_settlement_account", customer: str = "zhang", **settings: object) -> Walk:
        return Walk(store, business, customer, **settings)

    return start
