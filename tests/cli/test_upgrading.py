"""Tables that cannot be brought to this version: said in a sentence, by `kaihu up` and by `kaihu migrate`."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from engine.store import Store
from tests.cli.conftest import Kaihu
from tests.crash.harness import free_port


@pytest.mark.parametrize("command", ["up", "migrate"])
def test_tables_of_a_newer_version_are_left_alone(kaihu: Kaihu, store: Store, command: str) -> None:
    with store.db.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    done = kaihu(command, *(["--no-demo", "--port", str(free_port())] if command == "up" else []))
    assert done.exit_code == 1 and "Traceback" not in done.output
    assert "has the tables of a newer Kaihu (9999; this one knows" in done.output and "--data DIR" in done.output


@pytest.mark.parametrize("command", ["up", "migrate"])
def test_an_upgrade_that_fails_says_so_and_that_the_former_version_still_runs(
    kaihu: Kaihu, store: Store, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def full(*asked: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("migrations.upgrade.command.upgrade", full)
    done = kaihu(command, *(["--no-demo", "--port", str(free_port())] if command == "up" else []))
    assert done.exit_code == 1 and "could not be brought to this version: RuntimeError: the disk is full" in done.output
    assert "Nothing was changed: the version that you came from runs on them as before" in done.output
