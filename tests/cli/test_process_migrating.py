"""`kaihu process impact` and `migrate`: what it would mean, done with a note, told case by case, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.bundles import publish
from engine.bundles.manifest import pack
from engine.store import Store
from tests.cli.conftest import Kaihu
from tests.flow.editions import with_another_button, with_income
from tests.house import CHANGE, drawn
from tests.walk import Walk

WHY = ("--note", "everybody is asked for his income", "--by", "qian")


@pytest.fixture
def case(a_customer: Store) -> Walk:
    return Walk(a_customer).to_bank_cards()


def test_an_impact_is_told_of_a_version_that_nobody_has_published(kaihu: Kaihu, case: Walk, tmp_path: Path) -> None:
    archive = tmp_path / "income.zip"
    archive.write_bytes(pack(with_income().files))
    before = case.case.state
    said = kaihu("process", "impact", str(archive), "--lang", "en")
    assert said.exit_code == 0 and "1 running cases" in said.output and "clean 1" in said.output, said.output
    assert "(bank_cards)" in said.output and "passed by: income" in said.output and case.case.state == before
    plain = kaihu("process", "impact", str(archive), "--json")
    assert "1 / 1" in plain.stderr, "how far it is, beside what a pipe gets"
    told = json.loads(plain.stdout)
    assert told["clean"] == 1 and told["places"][0]["at"] == ["bank_cards"]


def test_cases_are_migrated_with_a_note_and_taken_back(kaihu: Kaihu, case: Walk) -> None:
    with case.store.write() as tx:
        publish(tx, with_income(), "income", "test", case.store.clock.now())
    dry = kaihu("process", "migrate", CHANGE, "--to", "2", "--dry-run")
    assert dry.exit_code == 0 and "可以直接迁移 1" in dry.output, dry.output
    assert kaihu("process", "migrate", CHANGE, "--to", "2").exit_code == 1
    done = kaihu("process", "migrate", CHANGE, "--to", with_income().hash[:12], *WHY)
    assert done.exit_code == 0, done.output
    assert f"{case.case.number}  已迁移 ({drawn(CHANGE).hash[:12]} → {with_income().hash[:12]})" in done.output
    assert case.case.bundle_hash == with_income().hash
    order = done.output.split("--undo ")[1].split()[0]
    assert "没有要迁移的受理单" in kaihu("process", "migrate", CHANGE, "--to", "2", *WHY).output
    assert "已回到原来的版本" in kaihu("process", "migrate", "--undo", order).output
    assert case.case.bundle_hash != with_income().hash
    assert kaihu("process", "migrate", "--resume", order).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((CHANGE, "--to", "9", *WHY), "没有版本 9"),
        ((CHANGE, *WHY), "请用 --to"),
        (("--undo", "nobody"), "没有这个迁移：nobody"),
        ((CHANGE, "--to", "1", "--map", "basic_data", *WHY), "旧=新"),
        ((CHANGE, "--to", "1", "--map", "tea=milk", *WHY), "新版本没有 milk"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(kaihu: Kaihu, case: Walk, words: tuple[str, ...], said: str) -> None:
    done = kaihu("process", "migrate", *words)
    assert done.exit_code == 1 and said in done.output and "Traceback" not in done.output, done.output


def test_texts_alone_are_told_as_such(kaihu: Kaihu, case: Walk, tmp_path: Path) -> None:
    archive = tmp_path / "button.zip"
    archive.write_bytes(pack(with_another_button().files))
    assert "流程不变 1" in kaihu("process", "impact", str(archive)).output
