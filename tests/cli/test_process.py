"""`kaihu process`: lint tells file and element, publish makes new cases take a version, withdraw takes it back."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete

from cli import preparing
from cli.main import main
from engine import bundles
from engine.bundles import BadBundle
from engine.bundles.manifest import pack
from engine.store import Store
from engine.tables import BundleRow, Publication
from tests.cli.conftest import Kaihu
from tests.house import CHANGE, ROOT, SUPPLEMENT, drawn
from tests.unit.faults_files import JSON, TEXT, XML, YAML
from tests.unit.tea import HANDLING, changed, tea

NOTE = ("--note", "another button", "--author", "analyst")
BUSINESS = f"processes/{CHANGE}/business.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The drawn businesses, to be changed."""
    for name in ("processes", "forms"):
        shutil.copytree(ROOT / name, tmp_path / "drawn" / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "drawn"


@pytest.fixture
def another_button(folder: Path) -> Path:
    """The folder of the business, with one text changed, and with the shortest of its scenarios."""
    change(folder, BUSINESS, "button", "修改结算账户")
    for file in (folder / "processes" / CHANGE / "scenarios").glob("*.yaml"):
        if file.stem != "expired":
            file.unlink()
    return folder / "processes" / CHANGE


def change(folder: Path, path: str, key: str, value: object) -> None:
    file = folder / path
    document = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(document | {key: value}, ensure_ascii=False), encoding="utf-8")


def lint(*words: str) -> Result:
    return CliRunner().invoke(main, ["process", "lint", *words])


def published(store: Store) -> str:
    with store.read() as tx:
        return bundles.published(tx, CHANGE, store.clock.now())


def test_the_drawn_business_has_nothing_to_find_in_either_language() -> None:
    said = lint(CHANGE)
    assert said.exit_code == 0 and said.output.startswith(f"{CHANGE}：没有发现问题；版本 {drawn(CHANGE).hash[:12]}")
    assert lint(CHANGE, "--lang", "en").output.startswith(f"{CHANGE}: nothing to find; version ")
    assert json.loads(lint(CHANGE, "--json").output) == []


def test_a_business_is_found_by_its_id_its_folder_its_checkout_or_a_zip(folder: Path) -> None:
    archive = folder / "change.zip"
    archive.write_bytes(pack(drawn(CHANGE).files))
    both = {**drawn(CHANGE).files, **drawn(SUPPLEMENT).files}
    (folder / "both.zip").write_bytes(pack({f"drawn/{path}": data for path, data in both.items()}))
    line, other = (f"{name}：没有发现问题；版本 {drawn(name).hash[:12]}\n" for name in (CHANGE, SUPPLEMENT))
    assert {lint(str(place)).output for place in (CHANGE, folder / "processes" / CHANGE, archive)} == {line}
    assert lint(str(folder)).output == lint(str(folder / "both.zip")).output == line + other


def test_a_broken_business_is_told_by_file_and_as_json(folder: Path) -> None:
    change(folder, BUSINESS, "eligibility", "no_such_decision")
    said, plain = lint(str(folder)), lint(str(folder), "--json")
    assert said.exit_code == plain.exit_code == 1
    assert "business.json" in said.output and "no_such_decision" in said.output
    found = {finding["rule"]: finding for finding in json.loads(plain.output)}
    assert found.keys() == {"business.decision", "decision.unused"}
    told = found["business.decision"]
    assert (told["file"], told["why"]["zh"], told["why"]["en"]) == (
        BUSINESS,
        "eligibility 指的决策 no_such_decision 不存在",
        "eligibility names the decision no_such_decision, which no table gives",
    )
    assert "business.json" in lint(str(folder), "--lang", "en").output


def test_a_code_review_is_told_rule_line_and_words_as_sarif(folder: Path) -> None:
    assert json.loads(lint(CHANGE, "--sarif").output)["runs"][0]["results"] == []
    change(folder, BUSINESS, "eligibility", "no_such_decision")
    said = lint(str(folder), "--sarif", "--lang", "en")
    told = json.loads(said.output)
    assert (said.exit_code, told["version"]) == (1, "2.1.0")
    [run] = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = {one["ruleId"]: one for one in run["results"]}
    assert rules == sorted(found) and all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    one = found["business.decision"]
    assert "names the decision no_such_decision" in one["message"]["text"]
    place = one["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": BUSINESS, "uriBaseId": "%SRCROOT%"}


def test_a_checkout_is_looked_at_as_a_whole(folder: Path) -> None:
    for business in (CHANGE, SUPPLEMENT):
        change(folder, f"processes/{business}/business.json", "process", "nothing")
    assert [business in lint(str(folder)).output for business in (CHANGE, SUPPLEMENT)] == [True, True]


HOSTILE = {
    "a diagram": ("processes/tea/handling.bpmn", XML),
    "a table": ("processes/tea/eligibility.dmn", XML),
    "a form": ("forms/tea/order.form.json", JSON),
    "texts": ("processes/tea/texts.en.json", JSON),
    "a scenario": (f"processes/{SUPPLEMENT}/scenarios/way.yaml", YAML),
    "an agreement": (f"processes/{SUPPLEMENT}/agreements/way.md", TEXT),
}


@pytest.mark.parametrize(("path", "rows"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_findings_and_never_in_an_error(path: str, rows: list[Any], tmp_path: Path) -> None:
    """Alone beside a record, or where that is looked at last, in a sound business; in words and by `--json`."""
    place = tmp_path / "tea.zip"
    others = {"processes/tea/business.json": b"{}"} if "/tea/" in path else drawn(SUPPLEMENT).files
    for what, fault, data, _ in rows:
        place.write_bytes(pack({**others, path: data}))
        said, plain = lint(str(place)), lint(str(place), "--json")
        assert (said.exit_code, type(said.exception)) == (1, SystemExit), what
        assert path in said.output and "Traceback" not in said.output
        rules = {finding["rule"] for finding in json.loads(plain.output) if finding["file"] == path}
        assert rules & {fault.partition("/")[0], "bundle.size"}, what


def test_every_finding_has_what_a_program_and_a_person_need(tmp_path: Path) -> None:
    place = tmp_path / "tea.zip"
    place.write_bytes(pack({**tea(), **changed(HANDLING, 'value="tea/order"', 'value="tea/ordre"')}))
    found = json.loads(lint(str(place), "--json").output)
    assert "step.form" in {finding["rule"] for finding in found}
    for finding in found:
        assert finding.keys() == {"rule", "file", "element", "line", "why", "mend", "variant"}
        assert finding["rule"] and finding["file"]
        assert all(finding[words][lang] for words in ("why", "mend") for lang in ("zh", "en"))


@pytest.mark.parametrize("path", ["no_such_business", "../etc", "", "."])
def test_a_place_without_a_business_is_a_finding(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = lint(path)
    assert said.exit_code == 1 and "这里没有业务；写业务的 id、" in said.output
    assert isinstance(said.exception, SystemExit)


def test_a_changed_folder_is_used_only_after_it_was_published(
    kaihu: Kaihu, store: Store, another_button: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(store)
    said: list[str] = []
    monkeypatch.setattr(preparing, "ROOT", another_button.parent.parent)
    preparing.publish_first(store, CHANGE, said.append)
    assert published(store) == before and "differs from the published version" in said[0]
    assert kaihu("process", "publish", str(another_button), *NOTE).exit_code == 0
    assert published(store) != before
    with store.read() as tx:
        row = tx.get_one(BundleRow, published(store))
        assert (row.note, row.author) == ("another button", "analyst")


def test_a_dry_run_says_the_difference_and_publishes_nothing(kaihu: Kaihu, store: Store, another_button: Path) -> None:
    before = published(store)
    said = kaihu("process", "publish", str(another_button), "--dry-run").output
    assert "业务“修改结算账户”（change_settlement_account）：按钮文字由“马上开户”改为“修改结算账户”" in said
    assert "没有办理中的受理单" in said and "没有发布（--dry-run）" in said
    english = kaihu("process", "publish", str(another_button), "--dry-run", "--lang", "en").output
    assert 'button changes from "Start now" to' in english and "No case is running" in english
    assert published(store) == before


def test_publishing_what_is_published_says_so_and_changes_nothing(kaihu: Kaihu, store: Store) -> None:
    said = kaihu("process", "publish", CHANGE, *NOTE)
    assert said.exit_code == 0 and "没有要发布的内容" in said.output
    assert kaihu("process", "versions", CHANGE).output.count("\n") == 1


def test_a_note_says_why(kaihu: Kaihu, store: Store, another_button: Path) -> None:
    before = published(store)
    for words in (["publish", str(another_button)], ["publish", CHANGE, "--note", " "], ["withdraw", CHANGE]):
        said = kaihu("process", *words)
        assert said.exit_code == 1 and "--note" in said.output
    assert published(store) == before


def test_one_business_is_published_at_a_time(kaihu: Kaihu, folder: Path) -> None:
    said = kaihu("process", "publish", str(folder), *NOTE)
    assert said.exit_code == 1 and "里有 2 个业务，请一次发布一个" in said.output


def test_versions_are_listed_and_the_last_one_is_withdrawn(kaihu: Kaihu, store: Store, another_button: Path) -> None:
    first = published(store)
    kaihu("process", "publish", str(another_button), *NOTE)
    second = published(store)
    said = kaihu("process", "withdraw", CHANGE, "--note", "too early", "--author", "qian")
    assert said.exit_code == 0 and f"新的受理单使用版本 {first[:12]}" in said.output
    latest, earlier = kaihu("process", "versions", CHANGE).output.splitlines()
    assert latest.startswith(f"2  {second[:12]}") and "analyst  another button" in latest
    assert latest.endswith("qian，too early]") and "已撤回" in latest
    assert earlier.startswith(f"1  {first[:12]}") and earlier.endswith("[使用中]")
    assert "in use" in kaihu("process", "versions", CHANGE, "--lang", "en").output
    again = kaihu("process", "withdraw", CHANGE, "--note", "once more")
    assert again.exit_code == 1 and "没有更早的版本可用" in again.output


def test_an_unknown_business_has_no_versions(kaihu: Kaihu) -> None:
    for words in (["versions", "nothing"], ["withdraw", "nothing", "--note", "x"]):
        said = kaihu("process", *words)
        assert said.exit_code == 1 and "nothing：从未发布过" in said.output


def test_a_broken_folder_does_not_keep_an_installation_from_starting(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(store)
    monkeypatch.setattr(preparing, "ROOT", folder)
    change(folder, BUSINESS, "eligibility", "no_such_decision")
    said: list[str] = []
    preparing.publish_first(store, CHANGE, said.append)
    assert published(store) == before and f"kaihu process lint {CHANGE}" in said[0]
    with store.write() as tx:
        tx.execute(delete(Publication).where(Publication.business == CHANGE))
    with pytest.raises(BadBundle):  # the first time there is nothing else to use
        preparing.publish_first(store, CHANGE, said.append)


def test_a_broken_folder_is_not_published(kaihu: Kaihu, store: Store, folder: Path) -> None:
    before = published(store)
    change(folder, BUSINESS, "eligibility", "no_such_decision")
    done = kaihu("process", "publish", str(folder / "processes" / CHANGE), *NOTE)
    assert done.exit_code == 1 and "no_such_decision" in done.output
    assert published(store) == before


def with_another_id(folder: Path, old: str, new: str) -> None:
    """In every file, where the id stands by itself."""
    alone = re.compile(rf"(?<![\w/.])((?:todo|again)\.)?{old}(?![\w/])".encode())
    for file in [*folder.rglob("*.bpmn"), *folder.rglob("*.json"), *folder.rglob("*.yaml"), *folder.rglob("*.dmn")]:
        file.write_bytes(alone.sub(rb"\g<1>" + new.encode(), file.read_bytes()))


def test_a_step_that_got_another_id_is_found_against_the_version_before_and_not_published(
    kaihu: Kaihu, store: Store, folder: Path
) -> None:
    with_another_id(folder, "bank_notice", "notice_of_bank")
    alone = lint(str(folder / "processes" / CHANGE), "--lang", "en")
    assert alone.exit_code == 0, alone.output
    against = lint(str(folder / "processes" / CHANGE), "--against", CHANGE, "--lang", "en")
    assert against.exit_code == 1
    assert "[id.vanished]" in against.output
    assert "change the id back to bank_notice" in against.output
    before = published(store)
    refused = kaihu("process", "publish", str(folder / "processes" / CHANGE), *NOTE, "--lang", "en")
    assert refused.exit_code == 1 and "[id.vanished]" in refused.output
    assert published(store) == before
