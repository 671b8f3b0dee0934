"""`kaihu backup` and `restore`: what was there at that moment is there again, taken while people work."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, func, select, text

import cli.backup
from cli import snapshot
from cli.installation import Installation
from cli.main import main
from cli.preparing import prepare
from cli.store import store_of
from engine import audit
from engine.accounts import add_branch, file_photo
from engine.store import Store
from engine.tables import AuditRow, Customer, FiledPhoto
from engine.vault import make_keys
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


@pytest.fixture
def on_sqlite(data: Path) -> Iterator[Store]:
    """The cases below are about files alone."""
    made = store_of(Installation(data))
    with made.write() as tx:
        add_branch(tx, "east", "东", "East")
        tx.flush()
        tx.add(customer("wang"))
    file_one(made, 1)
    yield made
    made.db.dispose()


def kaihu(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_second_backup_copies_what_is_new_and_drops_what_was_shredded(
    on_sqlite: Store, data: Path, tmp_path: Path
) -> None:
    folder, secret = tmp_path / "backup", "a text that is deleted"
    assert "1 pictures copied" in kaihu("backup", folder, "--data", data).output
    with on_sqlite.write() as tx:
        tx.execute(text("CREATE TABLE scratch (said TEXT)"))
        tx.execute(text("INSERT INTO scratch VALUES (:said)"), {"said": secret})
    with on_sqlite.write() as tx:
        tx.execute(text("DROP TABLE scratch"))
        on_sqlite.vault.blobs.shred(tx, "wang")
    with on_sqlite.read() as tx:
        on_sqlite.vault.blobs.remove_shredded(tx, "wang")
    again = kaihu("backup", folder, "--data", data)
    assert "0 pictures copied, 1 that were shredded removed" in again.output
    assert not list((folder / "blobs").glob("*/*")) and secret.encode() not in (folder / "kaihu.db").read_bytes()
    back = kaihu("restore", folder, "--keys", data / "keys.json", "--data", tmp_path / "again")
    assert back.exit_code == 0, back.output


def test_what_is_shredded_while_a_backup_is_taken_is_not_called_missing(
    on_sqlite: Store, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot still names it; whose picture is gone for no such reason is told, as always."""
    folder, copy = tmp_path / "backup", cli.backup.copy_missing

    def shredded_meanwhile(source: Path, target: Path) -> int:
        with on_sqlite.write() as tx:
            on_sqlite.vault.blobs.shred(tx, "wang")
        with on_sqlite.read() as tx:
            on_sqlite.vault.blobs.remove_shredded(tx, "wang")
        return copy(source, target)

    monkeypatch.setattr("cli.backup.copy_missing", shredded_meanwhile)
    assert "0 pictures copied" in kaihu("backup", folder, "--data", data).output
    restore = ("restore", folder, "--keys", data / "keys.json", "--data")
    assert "every picture" in kaihu(*restore, tmp_path / "again").output
    about = folder / "backup.json"
    about.write_text(about.read_text().replace('"wang"', '"zhang"'))
    assert "is missing" in kaihu(*restore, tmp_path / "once more").output


def test_a_backup_that_is_cut_off_leaves_the_one_before(
    on_sqlite: Store, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    kaihu("backup", folder, "--data", data)
    file_one(on_sqlite, 2)

    def no_room(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.backup.copy_missing", no_room)
    cut_off = kaihu("backup", folder, "--data", data)
    assert cut_off.exit_code == 1 and "not finished (No space left on device)" in cut_off.output
    monkeypatch.undo()
    back = kaihu("restore", folder, "--keys", data / "keys.json", "--data", tmp_path / "again")
    assert back.exit_code == 0 and "every picture" in back.output


def unfinished(folder: Path) -> None:
    (folder / "backup.json").unlink()


def cut_tail(folder: Path) -> None:
    with sqlite3.connect(folder / "kaihu.db") as base:
        base.execute("DROP TRIGGER audit_no_delete")
        base.execute("DELETE FROM audit WHERE chain = 'actor:x'")


def without_database(folder: Path) -> None:
    (folder / "kaihu.db").unlink()


def of_postgres(folder: Path) -> None:
    (folder / "kaihu.db").rename(folder / "kaihu.dump")
    about = folder / "backup.json"
    about.write_text(about.read_text("utf-8").replace("kaihu.db", "kaihu.dump"), "utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (unfinished, "is no backup that was finished"),
        (cut_tail, "actor:x: row 1 is not what was written"),
        (without_database, "the backup is not whole"),
        (of_postgres, "set DATABASE_URL to an empty database of that kind"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_or_told(
    on_sqlite: Store, data: Path, tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    folder = tmp_path / "backup"
    kaihu("backup", folder, "--data", data)
    harm(folder)
    back = kaihu("restore", folder, "--keys", data / "keys.json", "--data", tmp_path / "again")
    assert back.exit_code == 1 and said in back.output, back.output


def test_a_backup_goes_over_nothing_and_into_nothing_strange(on_sqlite: Store, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    kaihu("backup", folder, "--data", data)
    onto = kaihu("restore", folder, "--keys", data / "keys.json", "--data", data)
    assert onto.exit_code == 1 and "is not empty, and nothing was changed" in onto.output
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").touch()
    into = kaihu("backup", tmp_path / "photos", "--data", data)
    assert into.exit_code == 1 and "holds other things (holiday.jpg)" in into.output


def test_another_key_file_is_told_as_that(on_sqlite: Store, data: Path, tmp_path: Path) -> None:
    kaihu("backup", tmp_path / "backup", "--data", data)
    shutil.copytree(data, tmp_path / "other")
    (tmp_path / "other" / "keys.json").unlink()
    make_keys(tmp_path / "other" / "keys.json")
    wrong = kaihu(
        "restore", tmp_path / "backup", "--keys", tmp_path / "other" / "keys.json", "--data", tmp_path / "again"
    )
    assert wrong.exit_code == 1 and "this is not the key file of this backup" in wrong.output


def test_a_password_of_the_database_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody on the machine can read those."""
    tool = tmp_path / "pg_dump"
    tool.write_text('#!/bin/sh\necho "$@" > "$0.words"; echo "$PGPASSWORD" > "$0.secret"\n', "utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    snapshot.take("postgresql+psycopg://kaihu:geheim@127.0.0.1:1/kaihu", tmp_path / "out")
    words = Path(f"{tool}.words").read_text("utf-8")
    assert "geheim" not in words and "--dbname=postgresql://kaihu@127.0.0.1:1/kaihu" in words
    assert Path(f"{tool}.secret").read_text("utf-8").strip() == "geheim"
