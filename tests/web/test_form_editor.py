"""The editor of forms: a form comes into a draft, is changed part by part, and nobody's work is overwritten."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.store import Store
from tests.web.conftest import MAIN, bundle, post
from tests.web.filled import sent
from tests.web.forms_drawn import CARDS, REVIEW, SCRIPT, frame
from tests.web.sketching import SIGNING, begun, kept

NEW = f"forms/{MAIN}/risk_notice.form.json"
TEXTS = f"processes/{MAIN}/texts.en.json"


def put_in(client: FlaskClient, draft: str, **more: str) -> TestResponse:
    page = client.get(draft)
    given = {"seen": "1", "form_name": "risk_notice", "first": "textfield", "label": "风险等级", "key": "risk"}
    return post(client, f"{draft}/new-form", page, **{**given, **more})


def document_of(store: Store, draft: str, file: str = NEW) -> dict:
    return json.loads(kept(store, draft)[1][file])


def test_a_new_form_gets_its_fields_and_the_checks_know_of_it(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    made = put_in(analyst, draft)
    assert made.status_code == 303 and made.location == f"{draft}/forms/{NEW}"
    page = analyst.get(made.location)
    assert "风险等级" in frame(page) and "还没有步骤使用这张表单" in page.text and "没有步骤使用这张表单" in page.text
    more = post(analyst, made.location, page, seen="2", add="id_number", label="证件号码", key="number", where="1")
    assert more.status_code == 303 and more.location == f"{draft}/parts/1/{NEW}"
    part = analyst.get(more.location)
    saved = sent(analyst, part, description="18 位", label__en="ID number")
    assert saved.status_code == 303, saved.text
    assert document_of(store, draft)["components"][1] == {
        "type": "textfield", "key": "number", "label": "证件号码", "description": "18 位",
        "validate": {"required": True}, "properties": {"rule": "id_number"}, "id": "risk_notice_2"}  # fmt: skip
    assert json.loads(kept(store, draft)[1][TEXTS])["证件号码"] == "ID number"


def test_saving_a_part_without_a_change_changes_no_byte(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    places = re.findall(r"/parts/([0-9.]+)/", analyst.get(f"{draft}/forms/{CARDS}").text)
    assert len(set(places)) == 8
    for place in ("0", "2", "2.1", "2.3"):
        assert sent(analyst, analyst.get(f"{draft}/parts/{place}/{CARDS}")).status_code == 303
    assert sent(analyst, analyst.get(f"{draft}/parts/1/{REVIEW}")).status_code == 303
    assert kept(store, draft) == (1, dict(bundle(MAIN).files)), "a colleague is not overtaken by nothing"


def test_parts_are_moved_and_taken_out_with_the_english_that_only_they_needed(
    analyst: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    form = f"{draft}/forms/{CARDS}"
    assert post(analyst, form, analyst.get(form), seen="1", up="2.3").status_code == 303
    keys = [part["key"] for part in document_of(store, draft, CARDS)["components"][2]["components"]]
    assert keys == ["photo", "bank", "number", "outlet", "holder"]
    assert post(analyst, form, analyst.get(form), seen="2", remove="2.2").status_code == 303
    english = json.loads(kept(store, draft)[1][TEXTS])
    assert "卡面上的号码，15 至 19 位数字。" not in english and "开户网点" in english


def test_the_first_and_the_last_of_a_row_have_nowhere_to_go_and_store_nothing(
    analyst: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    form = f"{draft}/forms/{REVIEW}"
    page = analyst.get(form)
    last = len(document_of(store, draft, REVIEW)["components"]) - 1
    assert 'name="up" value="0"' not in page.text and 'name="down" value="0"' in page.text
    assert f'name="down" value="{last}"' not in page.text and f'name="up" value="{last}"' in page.text
    for pressed in ({"up": "0"}, {"down": str(last)}):
        assert post(analyst, form, page, seen="1", **pressed).status_code == 303
    assert kept(store, draft)[0] == 1 and "已移动" not in analyst.get(form).text


def test_a_preview_of_a_part_keeps_nothing(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    shown = sent(analyst, analyst.get(f"{draft}/parts/1/{REVIEW}"), label="新的结论", label__en="x", preview="yes")
    assert "新的结论" in frame(shown) and kept(store, draft)[0] == 1
    assert sent(analyst, shown, save="yes").status_code == 303 and "新的结论" in str(document_of(store, draft, REVIEW))


def test_two_people_at_one_form_are_told_apart_and_lose_nothing(
    analyst: FlaskClient, colleague: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    mine, theirs = (client.get(f"{draft}/parts/1/{REVIEW}") for client in (analyst, colleague))
    form = analyst.get(f"{draft}/forms/{REVIEW}")
    assert sent(analyst, mine, label="甲的").status_code == 303
    late = sent(colleague, theirs, label="乙的")
    assert late.status_code == 409 and "ana（样本）" in late.text and 'value="乙的"' in late.text
    assert sent(colleague, late, save="yes").status_code == 409, "pressing again does not overwrite"
    assert "甲的" in str(document_of(store, draft, REVIEW))
    forked = sent(colleague, late, fork="yes")
    assert forked.status_code == 303 and "乙的" in colleague.get(forked.location).text
    assert "甲的" in str(document_of(store, draft, REVIEW))
    assert post(analyst, f"{draft}/forms/{REVIEW}", form, seen="1", up="1").status_code == 409, "moved by an old page"
    assert post(analyst, f"{draft}/forms/{REVIEW}", form, seen="2", remove="1").status_code == 303
    gone = sent(colleague, late, save="yes")
    assert gone.status_code == 409 and "乙的" in gone.text, "what was typed is told, also when its part is gone"


def test_hostile_texts_are_shown_as_they_are_typed_and_run_nowhere(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(put_in(analyst, draft, label=SCRIPT).location)
    assert "<script>alert" not in page.text and "<script" not in frame(page)
    part = analyst.get(f"{draft}/parts/0/{NEW}")
    kinds = {"label": '"><img src=x>', "pattern": "^(a+)+$", "hide": "x.__class__", "others": f"widget2={SCRIPT}"}
    assert sent(analyst, part, **kinds).status_code == 303
    shown = analyst.get(f"{draft}/forms/{NEW}")
    assert "<img" not in frame(shown) and "<script>alert" not in shown.text and "x.__class__" in shown.text
    assert "怎么改" in shown.text, "the condition is a finding"


WRONG = (
    ({"form_name": "Risk Notice"}, "小写英文字母"), ({"form_name": "review"}, "已有一张"),
    ({"form_name": "../x"}, "小写英文字母"),
    ({"first": "iframe"}, "请选择第一个字段的种类"), ({"key": "a.b"}, "英文字母、数字和下划线"),
    ({"seen": "7"}, "没有保存"),
)  # fmt: skip


def test_what_is_no_form_or_no_place_is_refused_in_words(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    for given, said in WRONG:
        refused = put_in(analyst, draft, **given)
        assert refused.status_code in (409, 422) and said in refused.text and "风险等级" in refused.text, given
    form = analyst.get(f"{draft}/forms/{REVIEW}")
    for pressed in ({"up": "99"}, {"remove": "x"}, {"down": "0.0"}, {}, {"add": "text", "where": "50"}):
        assert post(analyst, f"{draft}/forms/{REVIEW}", form, seen="1", **pressed).status_code == 409, pressed
    wrong = sent(analyst, analyst.get(f"{draft}/parts/3/{REVIEW}"), maxLength="viele", label="仍在")
    assert wrong.status_code == 422 and "请写数字" in wrong.text and "viele" in wrong.text and "仍在" in wrong.text
    assert analyst.get(f"{draft}/parts/99/{REVIEW}").status_code == 303
    for path in (f"forms/{SIGNING}", f"forms/{TEXTS}", "forms/x.form.json", f"parts/0/{TEXTS}"):
        assert analyst.get(f"{draft}/{path}").status_code == 404, path
    assert kept(store, draft) == (1, dict(bundle(MAIN).files))


def test_a_form_goes_when_nothing_shows_it(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    used = post(analyst, f"{draft}/remove-form/{REVIEW}", analyst.get(f"{draft}/forms/{REVIEW}"), seen="1")
    assert used.status_code == 409 and "还有步骤使用这张表单" in used.text and kept(store, draft)[0] == 1
    made = put_in(analyst, draft)
    sent(analyst, analyst.get(f"{draft}/parts/0/{NEW}"), label__en="Risk level")
    assert "风险等级" in json.loads(kept(store, draft)[1][TEXTS])
    gone = post(analyst, f"{draft}/remove-form/{NEW}", analyst.get(made.location), seen="3")
    assert gone.status_code == 303 and kept(store, draft)[1] == dict(bundle(MAIN).files), "with its English"


TWICE = '{"components": [{"type": "text", "text": "a", "text": "b"}]}'
DEEP = '{"components": [{"type": "text", "text": "a", "properties": ' + '{"a":' * 400 + "1" + "}" * 400 + "}]}"


@pytest.mark.parametrize(("text", "why"), [(TWICE, "“text”写了两次"), (DEEP, "嵌套超过 40 层")])
def test_a_form_that_would_lose_something_is_opened_as_text(analyst: FlaskClient, text: str, why: str) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/texts/{REVIEW}")
    post(analyst, page.request.path, page, seen="1", text=text)
    for path in (f"{draft}/forms/{REVIEW}", f"{draft}/parts/0/{REVIEW}"):
        told = analyst.get(path, follow_redirects=True)
        assert told.request.path == page.request.path and why in told.text
