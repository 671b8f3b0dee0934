"""What the tests of this folder share: both databases, a vault in a folder, a clock that is moved by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text

from engine.clock import SHANGHAI
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.tables import Branch
from engine.vault import Vault, make_keys, open_vault
from tests.tables import make_tables

POSTGRES = os.environ.get("KAIHU_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/")


@dataclass
class HandClock:
    moment: datetime = datetime(2026, 11, 22, 9, 54, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class Shop(Store):
    """A store whose folder and clock the tests can reach."""

    clock: HandClock
    folder: Path = Path()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kaihu.db'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A fresh database, dropped afterwards."""
    name = f"kaihu_h_{uuid4().hex[:12]}"
    server = create_engine(POSTGRES + "postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield POSTGRES + name
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
def db(url: str) -> Iterator[Engine]:
    engine = connect(url)
    make_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    make_keys(tmp_path / "keys.json")
    return open_vault(tmp_path / "keys.json", tmp_path / "blobs")


@pytest.fixture
def shop(db: Engine, vault: Vault, tmp_path: Path) -> Shop:
    shop = Shop(db, HandClock(), RandomIds(), vault, folder=tmp_path)
    with shop.write() as tx:
        tx.add(Branch(id="beijing", name="北京营业部", name_en="Beijing branch"))
    return shop
