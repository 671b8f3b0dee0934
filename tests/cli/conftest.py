"""Data folders as `kaihu up` leaves them: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.installation import Installation
from cli.main import main
from cli.preparing import prepare
from cli.store import store_of
from engine.store import Store
from engine.tables import Branch
from tests.house import customer

Kaihu = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_servers_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "KAIHU_DATA", "ACCOUNT_SYSTEM_URL", "TURN_URLS", "CALL_ENGINE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without a demonstration, as the first start leaves it."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    make(folder, demonstration=False)
    return folder


def make(folder: Path, *, demonstration: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        place = Installation(folder)
        place.prepare()
        prepare(place, demonstration=demonstration, say=lambda line: None).db.dispose()


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A set-up folder of this test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def place(data: Path) -> Installation:
    return Installation(data)


@pytest.fixture
def a_customer(store: Store) -> Store:
    """The store with a customer of a branch, as walks begin."""
    with store.write() as tx:
        tx.add(Branch(id="north", name="北", name_en="north"))
        tx.flush()
        tx.add(customer("zhang"))
    return store


@pytest.fixture
def store(place: Installation) -> Iterator[Store]:
    store = store_of(place)
    yield store
    store.db.dispose()


@pytest.fixture
def kaihu(data: Path) -> Kaihu:
    """Run a command on the folder, in this process."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--data", str(data)])

    return run
