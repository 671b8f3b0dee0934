"""`kaihu process`: lint tells file and element, publish makes new cases take the folder's version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import preparing, process
from cli.main import main
from engine.bundles import BadBundle
from engine.store import Store
from engine.tables import BundleRow, Published
from tests.cli.conftest import Kaihu
from tests.house import CHANGE, ROOT

NOTE = ("--note", "another reason", "--author", "analyst")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The drawn businesses, to be changed."""
    for name in ("processes", "forms"):
        shutil.copytree(ROOT / name, tmp_path / "drawn" / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "drawn"


def change(folder: Path, path: str, key: str, value: object) -> None:
    file = folder / path
    document = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(document | {key: value}, ensure_ascii=False), encoding="utf-8")


def lint(folder: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["process", "lint", CHANGE, "--root", str(folder)])
    return done.exit_code, done.output


def test_the_drawn_business_has_nothing_to_find() -> None:
    code, said = lint(ROOT)
    assert code == 0 and said.startswith(f"{CHANGE}: nothing to find; version ")


def test_a_broken_business_is_told_by_file(folder: Path) -> None:
    change(folder, f"processes/{CHANGE}/business.json", "eligibility", "no_such_decision")
    code, said = lint(folder)
    assert code == 1 and "business.json" in said and "no_such_decision" in said


def test_a_changed_folder_is_used_only_after_it_was_published(
    kaihu: Kaihu, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(store)
    monkeypatch.setattr(process, "ROOT", folder)
    change(folder, f"processes/{CHANGE}/business.json", "button", "修改结算账户")
    said: list[str] = []
    monkeypatch.setattr(preparing, "ROOT", folder)
    preparing.publish_first(store, CHANGE, said.append)
    assert published(store) == before and "differs from the published version" in said[0]
    assert kaihu("process", "publish", CHANGE, *NOTE).exit_code == 0
    assert published(store) != before
    with store.read() as tx:
        row = tx.get_one(BundleRow, published(store))
        assert (row.note, row.author) == ("another reason", "analyst")


def test_a_broken_folder_does_not_keep_an_installation_from_starting(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(store)
    monkeypatch.setattr(preparing, "ROOT", folder)
    change(folder, f"processes/{CHANGE}/business.json", "eligibility", "no_such_decision")
    said: list[str] = []
    preparing.publish_first(store, CHANGE, said.append)
    assert published(store) == before and f"kaihu process lint {CHANGE}" in said[0]
    with store.write() as tx:
        tx.delete(tx.get_one(Published, CHANGE))
    with pytest.raises(BadBundle):  # the first time there is nothing else to use
        preparing.publish_first(store, CHANGE, said.append)


def test_a_broken_folder_is_not_published(
    kaihu: Kaihu, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(store)
    monkeypatch.setattr(process, "ROOT", folder)
    change(folder, f"processes/{CHANGE}/business.json", "eligibility", "no_such_decision")
    done = kaihu("process", "publish", CHANGE, *NOTE)
    assert done.exit_code == 1 and "no_such_decision" in done.output
    assert published(store) == before


def published(store: Store) -> str:
    with store.read() as tx:
        return tx.get_one(Published, CHANGE).bundle_hash
