"""`kaihu company`: the record goes out as a file and comes back changed, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.company import load
from engine.store import Store
from tests.cli.conftest import Kaihu


def test_a_changed_record_is_taken(kaihu: Kaihu, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "company.json"
    document = json.loads(kaihu("company", "show").output)
    file.write_text(json.dumps(document | {"hotline": "400-000-0000"}), encoding="utf-8")
    done = kaihu("company", "load", str(file))
    assert done.exit_code == 0 and "hotline 400-000-0000" in done.output
    with store.read() as tx:
        assert load(tx).hotline == "400-000-0000" and not load(tx).demonstration
    assert json.loads(kaihu("company", "show").output) == document | {"hotline": "400-000-0000"}


@pytest.mark.parametrize("text", ["{", "[]", '{"name": 1}'])
def test_a_record_with_a_mistake_changes_nothing(kaihu: Kaihu, tmp_path: Path, text: str) -> None:
    before = kaihu("company", "show").output
    file = tmp_path / "company.json"
    file.write_text(text, encoding="utf-8")
    done = kaihu("company", "load", str(file))
    assert done.exit_code == 1 and done.output.startswith(f"Error: {file}")
    assert kaihu("company", "show").output == before
