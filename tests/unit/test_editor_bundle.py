"""The editor that is committed is the one its sources make, and it keeps diagrams as they are.

`npm ci --prefix webapp/editors --ignore-scripts` brings what it is made of; `.ci/run` does so where npm is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from engine.diagrams.writing import canonical
from tests.house import ROOT

EDITORS, BUILT = ROOT / "webapp/editors", ROOT / "webapp/static/vendor/editors"
EXPORTS = ROOT / "tests/unit/exports"


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    """Where there is no Node nothing is built, and the tests say so; in CI what npm could bring must be there."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("no Node with npm: the editor is not built again")
    if not (EDITORS / "node_modules/esbuild").is_dir():
        told = "its packages are not installed: npm ci --prefix webapp/editors --ignore-scripts"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_committed_editor_is_what_its_sources_make(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path / "built")], cwd=EDITORS, check=True, capture_output=True)
    assert hashes(tmp_path / "built") == hashes(BUILT), "run: (cd webapp/editors && node build.mjs)"


@cache
def round_trip() -> dict[str, dict[str, Any]]:
    """The diagrams of all businesses, and two as other modelers write them, read and written by the editor."""
    paths = [*sorted((ROOT / "processes").rglob("*.bpmn")), *sorted(EXPORTS.glob("*.bpmn"))]
    asked = [{"name": path.relative_to(ROOT).as_posix(), "xml": path.read_text("utf-8")} for path in paths]
    done = subprocess.run(
        ["node", "roundtrip.mjs"], cwd=EDITORS, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return {one["name"]: one for one in json.loads(done.stdout)}


def test_a_diagram_that_is_opened_and_saved_is_the_same_bytes() -> None:
    assert len(round_trip()) >= 9
    for name, one in round_trip().items():
        assert one["warnings"] == [], name
        assert canonical(name, one["xml"].encode()) == (ROOT / name).read_bytes(), name


def test_the_editor_says_what_it_would_lose() -> None:
    """The control: an extension element of our own namespace that its description does not list."""
    text = (ROOT / "processes/shared/signing.bpmn").read_text("utf-8")
    strange = text.replace("<spiffworkflow:properties>", "<spiffworkflow:strange />\n<spiffworkflow:properties>", 1)
    asked = json.dumps([{"name": "x", "xml": strange}])
    done = subprocess.run(
        ["node", "roundtrip.mjs"], cwd=EDITORS, input=asked, capture_output=True, text=True, check=True
    )
    assert "strange" in json.loads(done.stdout)[0]["warnings"][0]
