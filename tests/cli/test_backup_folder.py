"""The folder of a backup: what a second one copies and removes, what is cut off, spoilt or put where it must not go."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

import cli.backup
from cli import snapshot
from cli.installation import Installation
from cli.main import main
from cli.store import store_of
from engine.accounts import add_branch
from engine.store import Store
from engine.vault import make_keys
from tests.cli.test_backup import customer, file_one


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
