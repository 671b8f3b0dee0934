"""`kaihu process test`: which scenarios hold, what is wrong with the others, and what none of them passes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from tests.cli.conftest import Kaihu
from tests.house import ROOT, SUPPLEMENT

SIGNED = f"processes/{SUPPLEMENT}/scenarios/signed.yaml"


@pytest.fixture
def business(tmp_path: Path) -> Path:
    """A folder of the small business, to be changed."""
    for name in ("processes", "forms"):
        for part in (SUPPLEMENT, "shared"):
            shutil.copytree(ROOT / name / part, tmp_path / "drawn" / name / part)
    return tmp_path / "drawn"


def tried(*words: str) -> Result:
    return CliRunner().invoke(main, ["process", "test", *words])


def spoil(folder: Path) -> None:
    file = folder / SIGNED
    file.write_text(file.read_text("utf-8").replace("  - sign_agreements:\n", ""), encoding="utf-8")


def test_it_says_that_all_hold_and_what_they_pass(business: Path) -> None:
    said = tried(str(business), "--lang", "en")
    assert said.exit_code == 0, said.output
    assert said.output.startswith(f"{SUPPLEMENT}: all 4 scenarios hold\n")
    assert "flows passed: 25/25 (100 %), elements: 27/27 (100 %)" in said.output


def test_what_does_not_hold_has_file_line_what_was_expected_and_what_is(business: Path) -> None:
    spoil(business)
    said = tried(str(business))
    assert said.exit_code == 1
    assert f"{SUPPLEMENT}：4 个场景里有 1 个不成立" in said.output
    assert f"{SIGNED}:" in said.output and "[scenario.play]" in said.output


def test_what_no_scenario_passes_is_named(business: Path) -> None:
    (business / SIGNED).unlink()
    said = tried(str(business), "--json")
    [report] = json.loads(said.output)
    assert said.exit_code == 0 and report["green"] and report["flows"]["percent"] < 100
    assert report["missed_flows"] and {"source", "target", "line"} <= report["missed_flows"][0].keys()


def test_a_version_whose_scenarios_do_not_hold_is_not_published(business: Path, kaihu: Kaihu) -> None:
    """The control: the same change with its scenario published is."""
    place, words = business / "processes" / SUPPLEMENT, ("--note", "shorter", "--author", "analyst")
    whole = (business / SIGNED).read_text("utf-8")
    spoil(business)
    refused = kaihu("process", "publish", str(place), *words)
    assert refused.exit_code == 1 and "有场景不成立，没有发布" in refused.output and f"{SIGNED}:" in refused.output
    (business / SIGNED).write_text(whole + "# the same, another text\n", encoding="utf-8")
    done = kaihu("process", "publish", str(place), *words)
    assert done.exit_code == 0, done.output
