"""`kaihu backup` and `restore`: what was there at that moment is there again, taken while people work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, func, select, text

from cli.installation import Installation
from cli.main import main
from cli.preparing import prepare
from cli.store import store_of
from engine import audit
from engine.accounts import add_branch, file_photo
from engine.store import Store
from engine.tables import AuditRow, Customer, FiledPhoto
from tests.conftest import DATABASES, SERVER

Run = Callable[..., Result]


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A set-up installation on SQLite, and one on PostgreSQL."""
    found = Installation(data)
    if request.param == "sqlite":
        yield found
        return
    request.getfixturevalue("postgres")  # skipped or failed where there is no server
    with an_empty_database() as url:
        (data / "kaihu.db").unlink()
        monkeypatch.setenv("DATABASE_URL", url)
        prepare(found, demonstration=False, say=lambda line: None).db.dispose()
        yield found


@pytest.fixture
def store(place: Installation) -> Iterator[Store]:
    made = store_of(place)
    with made.write() as tx:
        add_branch(tx, "east", "东", "East")
        tx.flush()
        tx.add(customer("wang"))
    yield made
    made.db.dispose()


@pytest.fixture
def run(place: Installation) -> Run:
    def command(*words: str | Path, **environment: str) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env=environment, catch_exceptions=False)

    return command


class an_empty_database:
    """A database of PostgreSQL for as long as it is needed."""

    def __enter__(self) -> str:
        self.name = f"kaihu_t_{uuid4().hex[:12]}"
        self.server = create_engine(SERVER + "postgres", isolation_level="AUTOCOMMIT")
        self._say(f"CREATE DATABASE {self.name}")
        return SERVER + self.name

    def __exit__(self, *_: object) -> None:
        self._say(f"DROP DATABASE {self.name} WITH (FORCE)")
        self.server.dispose()

    def _say(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(text(statement))


def customer(name: str) -> Customer:
    sealed = dict.fromkeys(("id_number", "name", "phone", "account_number", "address", "issuer"), b"sealed")
    return Customer(id=name, id_index=name, account_type="x", id_long_term=True, branch_id="east", **sealed)


def file_one(store: Store, number: int) -> None:
    """A picture is put on file, and the audit says so."""
    with store.write() as tx:
        file_photo(tx, store.vault, store.clock.now(), "wang", f"slot{number}", str(number).encode())
        audit.record(tx, store.vault, "actor:x", "staff:x", "file", {"n": number}, store.clock.now())


def counts(store: Store) -> tuple[int, int]:
    with store.read() as tx:
        pictures, rows = (tx.scalar(select(func.count()).select_from(table)) for table in (FiledPhoto, AuditRow))
    return pictures or 0, rows or 0


def restored(run: Run, place: Installation, backup: Path, data: Path, **more: str) -> Result:
    """Put back into a new folder, on PostgreSQL into a new database."""
    return run("restore", backup, "--keys", place.keys, "--data", data, **more)


@pytest.fixture
def elsewhere(place: Installation) -> Iterator[dict[str, str]]:
    """The environment of another installation on the same kind of database."""
    if "DATABASE_URL" not in os.environ:
        yield {}
        return
    with an_empty_database() as url:
        yield {"DATABASE_URL": url}


def test_a_backup_taken_while_people_work_is_one_moment_and_whole(
    run: Run, place: Installation, store: Store, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    """Pictures and their rows come all the time; whatever moment the backup is of, each row has its picture."""
    for number in range(20):
        file_one(store, number)
    stopped, before = Event(), counts(store)

    def go_on() -> None:
        number = 20
        while not stopped.is_set():
            file_one(store, number)
            number += 1

    working = Thread(target=go_on)
    working.start()
    try:
        taken = run("backup", tmp_path / "backup", "--data", place.data)
    finally:
        stopped.set()
        working.join()
    assert taken.exit_code == 0 and "The key file is not in it" in taken.output, taken.output
    assert not list((tmp_path / "backup").rglob("keys.json"))
    back = restored(run, place, tmp_path / "backup", tmp_path / "again", **elsewhere)
    assert back.exit_code == 0 and "every picture and every row of the audit is there" in back.output, back.output
    with pytest.MonkeyPatch.context() as patch:
        for name, value in elsewhere.items():
            patch.setenv(name, value)
        other = store_of(Installation(tmp_path / "again"))
    then, now = counts(other), counts(store)
    with other.read() as tx:
        name = tx.scalars(select(FiledPhoto.blob).where(FiledPhoto.slot == "slot7")).one()
        blob = other.vault.blobs.get(tx, "wang", name)
    other.db.dispose()
    assert before[0] <= then[0] <= now[0] and then[0] - before[0] == then[1] - before[1] and blob == b"7"


def test_a_picture_or_a_row_that_is_missing_is_named(
    run: Run, place: Installation, store: Store, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    """The control of the one above: the look through the restored installation sees what is not there."""
    file_one(store, 1)
    run("backup", tmp_path / "backup", "--data", place.data)
    lost = next((tmp_path / "backup" / "blobs").glob("wang/*"))
    lost.unlink()
    back = restored(run, place, tmp_path / "backup", tmp_path / "again", **elsewhere)
    assert back.exit_code == 1 and f"the picture wang/{lost.name} is missing" in back.output
