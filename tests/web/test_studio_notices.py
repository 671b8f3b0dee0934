"""Notices and SMS of a draft are reworded on one page: nothing else moves, nothing typed gets lost."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import MAIN, bundle, employ, sign_in_staff
from tests.web.sheets import press, put
from tests.web.sketching import begun, kept

OWN, SHARED = f"processes/{MAIN}/notices.json", "processes/shared/notices.json"
ENGLISH = f"processes/{MAIN}/texts.en.json"
NOTICES = json.loads(bundle(MAIN).files[OWN])
LAST = len(NOTICES)


@pytest.mark.parametrize("file", [OWN, SHARED])
def test_saved_unchanged_the_file_keeps_every_byte(analyst: FlaskClient, store: Store, file: str) -> None:
    draft = begun(analyst)
    assert press(analyst, analyst.get(f"{draft}/notices/{file}"), "save").status_code == 303
    assert kept(store, draft) == (2, dict(bundle(MAIN).files))


def test_odd_codes_and_blanks_at_the_ends_are_no_change(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    odd = (
        json.dumps({" odd code ": {"title": " 标题 ", "text": "内容"}, **NOTICES}, ensure_ascii=False, indent=2) + "\n"
    )
    press(analyst, analyst.get(f"{draft}/texts/{OWN}"), "save", put("text", odd))
    assert press(analyst, analyst.get(f"{draft}/notices/{OWN}"), "save").status_code == 303
    assert kept(store, draft)[1][OWN].decode() == odd


def test_one_is_reworded_in_both_languages_and_the_others_keep_their_lines(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/notices/{OWN}")
    assert "eligibility.dmn" in page.text and "{hotline}" in page.text
    typed = put("title", "现在休息"), put("title_en", "We are closed now")
    assert press(analyst, page, "save", *typed).status_code == 303
    before, after = bundle(MAIN).files, kept(store, draft)[1]
    old = json.dumps(next(iter(NOTICES.values()))["title"], ensure_ascii=False)
    assert after[OWN].decode() == before[OWN].decode().replace(old, '"现在休息"', 1)
    assert json.loads(after[ENGLISH]) == json.loads(before[ENGLISH]) | {"现在休息": "We are closed now"}


def test_one_is_added_and_one_goes_when_it_says_nothing(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    gone = next(iter(NOTICES))
    new = put("code", "card_ready", LAST), put("text", "卡已就绪", LAST), put("text_en", "Your card is ready", LAST)
    emptied = put("title", ""), put("text", ""), put("action", "")
    assert press(analyst, analyst.get(f"{draft}/notices/{OWN}"), "save", *new, *emptied).status_code == 303
    after = json.loads(kept(store, draft)[1][OWN])
    assert after == {code: said for code, said in NOTICES.items() if code != gone} | {
        "card_ready": {"text": "卡已就绪"}
    }
    assert "没有地方使用" in analyst.get(f"{draft}/notices/{OWN}").text
    assert gone in analyst.get(draft).text, "the table that refuses with it is told"


WRONG = {
    "a code that is there": ("code", next(iter(NOTICES)), "已有一条用了这个代码"),
    "a code that is none": ("code", "../x", "代码用小写字母"),
    "a text without a code": ("text", "卡已就绪", "代码用小写字母"),
    "too long": ("title", "长" * 501, "每一格最多 500 个字"),
}


def test_what_cannot_be_kept_is_said_and_stays_on_the_page(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/notices/{OWN}")
    for case, (name, value, said) in WRONG.items():
        refused = press(analyst, page, "save", put(name, value, LAST), put("text", "<b>改过</b>"))
        assert refused.status_code == 422 and said in refused.text and "&lt;b&gt;改过&lt;/b&gt;" in refused.text, case
        assert 'href="#field-code"' in refused.text, case
    assert kept(store, draft) == (1, dict(bundle(MAIN).files))


def test_a_second_person_is_told_and_keeps_what_he_typed(app: Flask, analyst: FlaskClient, store: Store) -> None:
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    draft = begun(analyst)
    first, second = analyst.get(f"{draft}/notices/{OWN}"), colleague.get(f"{draft}/notices/{OWN}")
    assert press(analyst, first, "save", put("text", "甲的")).status_code == 303
    late = press(colleague, second, "save", put("text", "乙的"))
    assert late.status_code == 409 and "ana（样本）" in late.text and "乙的" in late.text
    assert "甲的" in kept(store, draft)[1][OWN].decode()


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"colour": "red"}}', '{"a": {"title": 1}}'])
def test_a_file_that_says_anything_else_is_left_to_the_text(analyst: FlaskClient, store: Store, text: str) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/notices/{OWN}")
    press(analyst, analyst.get(f"{draft}/texts/{OWN}"), "save", put("text", text))
    shown = analyst.get(f"{draft}/notices/{OWN}")
    assert "不能按表修改" in shown.text and "textarea" not in shown.text
    assert press(analyst, page, "save", put("text", "改过")).status_code == 303
    assert kept(store, draft)[1][OWN].decode().strip() == text
