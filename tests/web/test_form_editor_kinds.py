"""The editor of forms: another kind of field, conditions judged as they are typed, and a file that nobody can read."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import post
from tests.web.filled import sent
from tests.web.forms_drawn import REVIEW, frame
from tests.web.sketching import begun, kept
from tests.web.test_form_editor import NEW, TEXTS, document_of, put_in


def test_what_a_field_would_lose_is_said_before_it_becomes_another_kind(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    put_in(analyst, draft)
    address = f"{draft}/parts/0/{NEW}"
    sent(analyst, analyst.get(address), maxLength="20", hide="=age < 18", label__en="Risk")
    asked = sent(analyst, analyst.get(address), become="number", label="风险分数", label__en="Score", turn="yes")
    assert asked.status_code == 200 and "最多字数：<code>20</code>" in asked.text and "age &lt; 18" in asked.text
    assert kept(store, draft)[0] == 3 and "风险分数" in frame(asked), "asking keeps nothing"
    done = sent(analyst, asked, turned="number")
    assert done.status_code == 303 and done.location == address
    part = document_of(store, draft)["components"][0]
    assert (part["type"], part["key"], part["label"]) == ("number", "risk", "风险分数")
    assert part["conditional"] == {"hide": "=age < 18"} and "maxLength" not in part["validate"]
    assert json.loads(kept(store, draft)[1][TEXTS])["风险分数"] == "Score"


def test_no_kind_and_the_same_kind_are_not_taken(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/parts/1/{REVIEW}")
    for kind in ("desk_decision", "iframe", ""):
        told = sent(analyst, page, become=kind, turn="yes")
        assert told.status_code == 200 and "请选择另一个种类" in told.text, kind
    assert sent(analyst, page, turned="iframe").status_code == 303
    assert kept(store, draft)[0] == 1


def test_a_condition_is_judged_as_it_is_typed_and_knows_the_other_fields(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    address = f"{draft}/parts/2/{REVIEW}"
    page = analyst.get(address)
    assert 'data-name="decision"' in page.text and "&#34;reject&#34;" in page.text
    told = {
        text: post(analyst, address.replace("/parts/", "/conditions/"), page, hide=text).json["problems"]
        for text in ("decision = ", 'decison = "reject"', 'decision = "reject"', "")
    }
    assert [bool(found) for found in told.values()] == [True, True, False, False]
    assert "decision" in told['decison = "reject"']["hide"], "the nearest name is told"
    shown = sent(analyst, page, hide="decison", preview="yes")
    assert 'id="field-hide-said" role="status">第 1 个字' in shown.text
    assert analyst.get(f"{draft}/conditions/0/{REVIEW}").status_code == 405


def test_a_file_that_is_no_form_is_deleted_from_its_page(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    put_in(analyst, draft)
    for file, seen, status in ((NEW, "2", 303), (REVIEW, "4", 409)):
        text = f"{draft}/texts/{file}"
        post(analyst, text, analyst.get(text), seen=seen, text="{")
        page = analyst.get(text)
        assert ("确认删除" in page.text) == (status == 303), "offered where no step shows it"
        gone = post(analyst, f"{draft}/remove-form/{file}", page, seen=str(int(seen) + 1))
        assert gone.status_code == status, gone.text
    assert "还有步骤使用这张表单" in gone.text
    assert NEW not in kept(store, draft)[1] and REVIEW in kept(store, draft)[1]


def test_who_comes_too_late_deletes_no_file(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    put_in(analyst, draft)
    text = f"{draft}/texts/{NEW}"
    post(analyst, text, analyst.get(text), seen="2", text="{")
    late = post(analyst, f"{draft}/remove-form/{NEW}", analyst.get(text), seen="2")
    assert late.status_code == 409 and NEW in kept(store, draft)[1]
