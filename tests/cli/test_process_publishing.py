"""`kaihu process publish --from --canary --dry-run`, `back`, `widen`, `stop` and `diff`, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import bundles, company
from engine.bundles.choosing import under_way
from engine.store import Store
from tests.cli.conftest import Kaihu
from tests.cli.test_process import another_button, folder
from tests.house import CHANGE

__all__ = ["another_button", "folder"]
NOTE = ("--note", "another button", "--author", "qian")


@pytest.fixture(autouse=True)
def scenarios_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take their time, and `test_process_test.py` plays them."""
    monkeypatch.setattr("cli.publishing.refuse_red", lambda bundle, lang: None)


def published(store: Store, branch: str | None = None) -> str:
    with store.read() as tx:
        return bundles.published(tx, CHANGE, store.clock.now(), branch=branch)


def test_a_dry_run_goes_through_every_check_and_writes_nothing(
    kaihu: Kaihu, store: Store, another_button: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("cli.publishing.refuse_red", lambda bundle, lang: asked.append(bundle.business.id))
    before = published(store)
    dry = ("process", "publish", str(another_button), "--dry-run", "--canary", "10%")
    said = kaihu(*dry, "--from", "2099-01-01 09:00")
    assert said.exit_code == 1 and "最多提前一年" in said.output and asked == []
    said = kaihu(*dry)
    assert said.exit_code == 0 and asked == [CHANGE]
    assert "先试行：10 % 的新受理单；其余新的受理单仍用版本" in said.output and "没有发布（--dry-run）" in said.output
    assert published(store) == before and kaihu("process", "versions", CHANGE).output.count("\n") == 1


def test_a_canary_is_listed_given_to_all_and_taken_back_by_one_command(
    kaihu: Kaihu, store: Store, another_button: Path
) -> None:
    first = published(store)
    assert kaihu("process", "publish", str(another_button), *NOTE, "--canary", "10%").exit_code == 0
    with store.read() as tx:
        row = under_way(tx, CHANGE, store.clock.now())
    assert row and published(store) == first
    assert "[试行、先试行：10 % 的新受理单]" in kaihu("process", "versions", CHANGE).output
    refused = kaihu("process", "withdraw", CHANGE, "--note", "x")
    assert refused.exit_code == 1 and "kaihu process widen 或 stop" in refused.output
    assert "新的受理单使用版本" in kaihu("process", "widen", CHANGE).output
    assert published(store) == row.bundle_hash
    assert "没有等待启用或试行的版本" in kaihu("process", "stop", CHANGE).output
    assert kaihu("process", "back", CHANGE, "1", "--note", "too early").exit_code == 0
    assert published(store) == first
    assert "[使用中、与第 1 版相同]" in kaihu("process", "versions", CHANGE).output
    again = kaihu("process", "back", CHANGE, "1", "--note", "x")
    assert again.exit_code == 1 and "这就是使用中的版本" in again.output
    assert "没有版本 7" in kaihu("process", "back", CHANGE, "7", "--note", "x").output


WRONG = {
    ("--canary", "nowhere"): "没有营业部“nowhere”",
    ("--canary", "0%"): "比例须是",
    ("--from", "tomorrow"): "不是时间",
    ("--from", "2020-01-01 09:00"): "已经过去",
}


@pytest.mark.parametrize(("words", "said"), WRONG.items(), ids=[" ".join(words) for words in WRONG])
def test_a_plan_that_cannot_be_is_said(
    words: tuple[str, str], said: str, kaihu: Kaihu, store: Store, another_button: Path
) -> None:
    refused = kaihu("process", "publish", str(another_button), *NOTE, *words)
    assert refused.exit_code == 1 and said in refused.output


def test_where_a_second_person_is_asked_for_he_is_named(kaihu: Kaihu, store: Store, another_button: Path) -> None:
    company.save(store, {**company.default_company().document, "publishing": {"second_person": True}})
    publish = ("process", "publish", str(another_button), *NOTE)
    for approved in ((), ("--approved-by", "qian")):
        refused = kaihu(*publish, *approved)
        assert refused.exit_code == 1 and "--approved-by" in refused.output
    assert kaihu(*publish, "--approved-by", "sun").exit_code == 0
    latest = kaihu("process", "versions", CHANGE).output.splitlines()[0]
    assert "sun  another button" in latest and "由 qian 提交" in latest


def test_two_versions_are_compared_in_words_as_json_and_by_exit_code(
    kaihu: Kaihu, store: Store, another_button: Path
) -> None:
    kaihu("process", "publish", str(another_button), *NOTE)
    for old, new in ((CHANGE, str(another_button)), (f"{CHANGE}@1", f"{CHANGE}@current"), (f"{CHANGE}@1", CHANGE)):
        said = kaihu("process", "diff", old, new, "--exit-code")
        assert said.exit_code == (0 if new == CHANGE else 1), said.output
        assert ("没有差别" if new == CHANGE else "按钮文字由“马上开户”改为“修改结算账户”") in said.output
    told = json.loads(kaihu("process", "diff", f"{CHANGE}@1", f"{CHANGE}@2", "--json").output)
    assert told["business"] == CHANGE and told["layout"] == []
    assert {"business", "texts"} == {one["section"] for one in told["differences"]}
    unknown = kaihu("process", "diff", f"{CHANGE}@9", CHANGE)
    assert unknown.exit_code == 1 and "没有版本 change_settlement_account@9" in unknown.output
    two = kaihu("process", "diff", CHANGE, "supplementary_agreement")
    assert two.exit_code == 1 and "请比较同一个业务的两个版本" in two.output


def test_layout_alone_is_told_apart(kaihu: Kaihu, folder: Path) -> None:
    file = folder / "processes" / CHANGE / "handling.bpmn"
    text = file.read_text("utf-8")
    place = text.index('bpmnElement="basic_data"')
    at = text.index(' x="', place) + 4
    file.write_text(text[:at] + "1" + text[at:], encoding="utf-8")
    said = kaihu("process", "diff", CHANGE, str(folder / "processes" / CHANGE)).output
    assert "只是版面" in said and "（basic_data）画在了别的位置" in said
