"""The English of a draft stands beside the Chinese: what is missing first, nothing else moves, nothing gets lost."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import EXTRA, MAIN, bundle, employ, sign_in_staff
from tests.web.sheets import form_of, press, put
from tests.web.sketching import SIGNING, begun, kept, renamed, save

OWN, SHARED = f"processes/{MAIN}/texts.en.json", "processes/shared/texts.en.json"


@pytest.mark.parametrize("file", [OWN, SHARED])
def test_saved_unchanged_the_file_keeps_every_byte(analyst: FlaskClient, store: Store, file: str) -> None:
    draft = begun(analyst)
    assert press(analyst, analyst.get(f"{draft}/english/{file}"), "save").status_code == 303
    assert kept(store, draft) == (2, dict(bundle(MAIN).files))


def test_blanks_at_the_ends_are_no_change(analyst: FlaskClient, store: Store) -> None:
    draft, texts = begun(analyst), json.loads(bundle(MAIN).files[OWN])
    odd = json.dumps({text: f" {english} " for text, english in texts.items()}, ensure_ascii=False, indent=2) + "\n"
    press(analyst, analyst.get(f"{draft}/texts/{OWN}"), "save", put("text", odd))
    assert press(analyst, analyst.get(f"{draft}/english/{OWN}"), "save").status_code == 303
    assert kept(store, draft)[1][OWN].decode() == odd


def test_what_is_missing_stands_first_and_is_written_into_the_file_of_its_folder(
    analyst: FlaskClient, store: Store
) -> None:
    draft = begun(analyst)
    save(analyst, draft, renamed("请签署"))
    assert f'href="{draft}/english/{SHARED}">填写英文' in analyst.get(draft).text
    assert "还有 1 条没有英文" not in analyst.get(f"{draft}/english/{OWN}").text, "it is said by a shared diagram"
    page = analyst.get(f"{draft}/english/{SHARED}")
    assert "还有 1 条没有英文" in page.text and form_of(page)[2] == ("text", "请签署")
    assert press(analyst, page, "save", put("english", "Please sign")).status_code == 303
    after = json.loads(kept(store, draft)[1][SHARED])
    assert after == json.loads(bundle(MAIN).files[SHARED]) | {"请签署": "Please sign"}
    assert "检查通过" in analyst.get(draft).text


def test_what_nobody_shows_any_more_is_marked_and_goes_when_it_is_emptied(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    record, summary = f"processes/{MAIN}/business.json", bundle(MAIN).business.summary
    text = bundle(MAIN).files[record].decode().replace(summary, "换绑银行卡")
    press(analyst, analyst.get(f"{draft}/texts/{record}"), "save", put("text", text))
    page = analyst.get(f"{draft}/english/{OWN}")
    assert page.text.count("没有地方再用") == 1
    gone = [value for name, value in form_of(page) if name == "text"].index(summary)
    assert press(analyst, page, "save", put("english", "", gone)).status_code == 303
    texts = json.loads(bundle(MAIN).files[OWN])
    del texts[summary]
    assert json.loads(kept(store, draft)[1][OWN]) == texts


def test_a_second_person_is_told_and_keeps_what_he_typed(app: Flask, analyst: FlaskClient, store: Store) -> None:
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    draft = begun(analyst)
    first, second = analyst.get(f"{draft}/english/{OWN}"), colleague.get(f"{draft}/english/{OWN}")
    assert press(analyst, first, "save", put("english", "Ana's", 1)).status_code == 303
    late = press(colleague, second, "save", put("english", "Bob's <b>", 1))
    assert late.status_code == 409 and "ana（样本）" in late.text and "Bob&#39;s &lt;b&gt;" in late.text
    assert b"Ana's" in kept(store, draft)[1][OWN]


def test_what_is_too_long_or_unknown_is_not_written(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/english/{OWN}")
    long = press(analyst, page, "save", put("english", "x" * 2001))
    assert long.status_code == 422 and "x" * 2001 in long.text and kept(store, draft)[0] == 1
    assert press(analyst, page, "save", put("text", "谁也没说过")).status_code == 303
    assert "谁也没说过" not in kept(store, draft)[1][OWN].decode()


def test_a_file_that_cannot_be_read_is_left_to_the_text(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst, EXTRA)
    mine = OWN.replace(MAIN, EXTRA)
    press(analyst, analyst.get(f"{draft}/texts/{mine}"), "save", put("text", "{"))
    page = analyst.get(f"{draft}/english/{mine}")
    assert "不能按表修改" in page.text and "textarea" not in page.text
    assert analyst.get(f"{draft}/english/{OWN}").status_code == 404, "of another business"
    assert SIGNING in kept(store, draft)[1]
