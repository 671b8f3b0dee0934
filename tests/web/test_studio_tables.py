"""Decision tables and reject reasons of a draft, changed as tables: nothing else moves, nothing typed gets lost."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.decisions import load_decisions
from engine.store import Store
from tests.web.conftest import MAIN, bundle, employ, sign_in_staff
from tests.web.sheets import form_of, press, put, tick
from tests.web.sketching import begun, kept

ELIGIBILITY, REASONS = f"processes/{MAIN}/eligibility.dmn", f"processes/{MAIN}/reasons.json"
ENGLISH = f"processes/{MAIN}/texts.en.json"
TABLES = sorted(path for path in bundle(MAIN).files if path.endswith(".dmn"))


def table(data: bytes) -> list[tuple[str, list[str], list[str]]]:
    """Id, tests and outputs of each rule."""
    (found,) = load_decisions(data, "x.dmn").values()
    return [(one.id, [cell.text for cell in one.tests], [cell.text if cell else "" for cell in one.outputs])
            for one in found.rules]  # fmt: skip


@pytest.mark.parametrize("file", TABLES)
def test_a_table_that_is_saved_unchanged_keeps_every_byte(analyst: FlaskClient, store: Store, file: str) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{file}")
    assert press(analyst, page, "save").status_code == 303
    assert kept(store, draft) == (2, dict(bundle(MAIN).files))


def test_a_cell_is_changed_and_nothing_else(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    assert press(analyst, page, "save", put("test", "null, < 21", 6)).status_code == 303
    before, after = bundle(MAIN).files[ELIGIBILITY].decode(), kept(store, draft)[1][ELIGIBILITY].decode()
    assert after == before.replace("null, &lt; 18", "null, &lt; 21") != before


def test_rules_are_added_moved_and_removed_and_kept_only_when_saved(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    for deed in ("line-remove-0", "line-add-1", "line-up-1"):
        page = press(analyst, page, deed)
        assert page.status_code == 200 and "有改动还没有保存" in page.text
    assert kept(store, draft)[0] == 1
    assert press(analyst, page, "save", put("result", '"under_age"')).status_code == 303
    old, new = table(bundle(MAIN).files[ELIGIBILITY]), table(kept(store, draft)[1][ELIGIBILITY])
    assert new[1:] == old[1:], "who stays keeps his id"
    assert new[0][0] not in {one[0] for one in old} and new[0][1:] == (["-"] * 5, ['"under_age"'])


def test_columns_are_added_and_removed(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = press(analyst, analyst.get(f"{draft}/tables/{ELIGIBILITY}"), "input-remove-0")
    page = press(analyst, press(analyst, page, "input-add"[:] + "-0"), "output-add-0")
    typed = put("input_says", "hours.open", 4), put("output_says", "hint", 1)
    assert press(analyst, page, "save", *typed).status_code == 303
    old, new = table(bundle(MAIN).files[ELIGIBILITY]), table(kept(store, draft)[1][ELIGIBILITY])
    assert new == [(own, [*tests[1:], "-"], [*results, ""]) for own, tests, results in old]


def test_columns_are_moved_with_their_cells_and_keep_their_ids(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    assert 'value="input-up-0"' not in page.text and 'value="output-down-0"' not in page.text, "nowhere to go"
    page = press(analyst, press(analyst, page, "input-down-0"), "input-up-4")
    assert kept(store, draft)[0] == 1
    assert press(analyst, page, "save").status_code == 303
    old, new = table(bundle(MAIN).files[ELIGIBILITY]), table(kept(store, draft)[1][ELIGIBILITY])
    order = (1, 0, 2, 4, 3)
    assert new == [(own, [tests[at] for at in order], results) for own, tests, results in old] != old


WRONG = {
    "a name that nobody declares": (put("test", "person.agee", 0), "是不是 person.age"),
    "what can't be read": (put("test", "not(", 0), "第 5 个字符"),
    "a column that tests nothing known": (put("input_says", "hours.opened", 0), "是不是 hours.open"),
    "a refusal without its notice": (put("result", '"nothing_like_it"', 0), "nothing_like_it"),
    "a number where a yes is wanted": (put("test", "18", 0), "类型为 boolean 的列里写了 18"),
    "a rule below one that always hits": (put("test", "-", 0), "永远轮不到"),
    "text in a form's words": (put("line_note", "</textarea><script>alert(1)</script>", 0), "&lt;script&gt;"),
}


def test_what_is_wrong_with_a_cell_is_said_on_the_page_and_saved_all_the_same(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    for case, (typed, said) in WRONG.items():
        looked = press(analyst, page, "line-up-0", typed)
        assert looked.status_code == 200 and said in looked.text and "<script>alert" not in looked.text, case
    typed, said = WRONG["what can't be read"]
    assert press(analyst, page, "save", typed).status_code == 303
    assert said in analyst.get(f"{draft}/tables/{ELIGIBILITY}").text


UNSHOWN = {
    "a comment": (b"<definitions ", b"<!-- by hand --><definitions ", "注释"),
    "a sum": (b'hitPolicy="FIRST"', b'hitPolicy="COLLECT" aggregation="SUM"', "表里看不到"),
    "no XML": (b"</decision>", b"", "表里看不到"),
    "another decision's answer": (
        b"<decisionTable ", b"<informationRequirement><requiredDecision/></informationRequirement><decisionTable ",
        "表里看不到",
    ),
}  # fmt: skip


def test_what_a_table_would_not_show_is_left_to_the_text(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    whole = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    for case, (old, new, said) in UNSHOWN.items():
        text, seen = bundle(MAIN).files[ELIGIBILITY].replace(old, new, 1).decode(), kept(store, draft)[0]
        press(analyst, analyst.get(f"{draft}/texts/{ELIGIBILITY}"), "save", put("text", text))
        page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
        assert said in page.text and "textarea" not in page.text and f"/texts/{ELIGIBILITY}" in page.text, case
        told = press(analyst, whole, "save", put("seen", str(seen + 1)), put("result", '"not_lost"'))
        assert told.status_code == 409 and "&#34;not_lost&#34;" in told.text, case
        assert kept(store, draft) == (seen + 1, {**bundle(MAIN).files, ELIGIBILITY: text.encode()}), case


def test_a_second_person_is_told_and_keeps_what_he_typed(app: Flask, analyst: FlaskClient, store: Store) -> None:
    employ(store, "bob", {"analyst"})
    colleague = app.test_client()
    sign_in_staff(colleague, "bob")
    draft = begun(analyst)
    for page, do in ((f"tables/{ELIGIBILITY}", "save"), (f"reason/0/{REASONS}", "save")):
        first, second = analyst.get(f"{draft}/{page}"), colleague.get(f"{draft}/{page}")
        note = "line_note" if page.startswith("tables") else "customer_text"
        assert press(analyst, press_first(analyst, first), do, put(note, "甲的说明")).status_code == 303
        told = press(colleague, second, do, put(note, "乙的说明"))
        assert told.status_code == 409 and "ana（样本）" in told.text and "乙的说明" in told.text
        assert press(colleague, told, do).status_code == 409, "who was told has seen no more than before"
        file = page.split("/", 1 if page.startswith("tables") else 2)[-1]
        assert "甲的说明" in kept(store, draft)[1][file].decode()


def press_first(client: FlaskClient, page):  # type: ignore[no-untyped-def]
    """A rule less, where the page has rules: what a colleague typed doesn't fit the places of the file any more."""
    return press(client, page, "line-remove-5") if "line-remove-5" in page.text else page


HALF = (
    lambda fields: [one for one in fields if one[0] != "result"],
    put("line_was", "0", 1),
    put("line_was", "99"),
    put("input_was", "٣"),
    put("hit_policy", "SUM"),
)


def test_half_a_table_is_not_saved(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/tables/{ELIGIBILITY}")
    for typed in HALF:
        assert press(analyst, page, "save", typed).status_code == 422
    for do in ("line-up-999999", "line-add", "x-1", "", "save-1", "line-remove--1"):
        assert press(analyst, page, do).status_code == 422, do
    assert kept(store, draft)[0] == 1


def test_a_reason_that_is_saved_unchanged_keeps_every_byte(analyst: FlaskClient, store: Store) -> None:
    draft, reasons = begun(analyst), json.loads(bundle(MAIN).files[REASONS])
    for at in (0, 3, len(reasons) - 1):
        assert press(analyst, analyst.get(f"{draft}/reason/{at}/{REASONS}"), "save").status_code == 303
    assert kept(store, draft) == (4, dict(bundle(MAIN).files))


def test_blanks_at_the_ends_of_a_reason_are_no_change(analyst: FlaskClient, store: Store) -> None:
    """Neither in its texts, its code and where it points to, nor in their English."""
    draft, reasons = begun(analyst), json.loads(bundle(MAIN).files[REASONS])
    odd = {key: f" {value} " if isinstance(value, str) else value for key, value in reasons[0].items()}
    odd["code"] = " odd  code "
    english = {odd["text"]: " Dark photo ", odd["customer_text"]: " Take it again "}
    files = {
        REASONS: json.dumps([odd, *reasons[1:]], ensure_ascii=False, indent=2) + "\n",
        ENGLISH: json.dumps(english, ensure_ascii=False, indent=2) + "\n",
    }
    for file, text in files.items():
        press(analyst, analyst.get(f"{draft}/texts/{file}"), "save", put("text", text))
    assert press(analyst, analyst.get(f"{draft}/reason/0/{REASONS}"), "save").status_code == 303
    assert {file: kept(store, draft)[1][file].decode() for file in files} == files


def test_a_reason_is_changed_with_its_english_and_nothing_else(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/reason/0/{REASONS}")
    typed = put("text", "证件照太暗"), put("text_en", "ID photo too dark"), put("target", "upload_photos|id_emblem")
    assert press(analyst, page, "save", *typed).status_code == 303
    before, after = bundle(MAIN).files, kept(store, draft)[1]
    mended = before[REASONS].replace("证件照不清晰".encode(), "证件照太暗".encode(), 1)
    assert after[REASONS] == mended.replace(b'"id_portrait"', b'"id_emblem"', 1)
    assert json.loads(after[ENGLISH]) == {**json.loads(before[ENGLISH]), "证件照太暗": "ID photo too dark"}
    assert "ID photo too dark" in analyst.get(f"{draft}/reasons/{REASONS}").text


def test_a_reason_is_added_moved_and_removed(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    typed = [put(key, key) for key in ("code", "text", "text_en", "customer_text", "customer_text_en")]
    chosen = put("target", "basic_data"), tick("desk", "review"), tick("video", "yes")
    new = analyst.get(f"{draft}/reason/new/{REASONS}")
    added = press(analyst, new, "save", *typed, *chosen)
    last = len(json.loads(bundle(MAIN).files[REASONS]))
    assert added.location.endswith(f"#reason-{last}")
    made = {"code": "code", "text": "text", "step": "basic_data", "field": None, "desks": ["review"],
            "customer_text": "customer_text", "video": True}  # fmt: skip
    assert json.loads(kept(store, draft)[1][REASONS])[-1] == made
    assert press(analyst, analyst.get(f"{draft}/reasons/{REASONS}"), f"up-{last}").status_code == 303
    assert json.loads(kept(store, draft)[1][REASONS])[-2] == made
    assert press(analyst, analyst.get(f"{draft}/reason/{last - 1}/{REASONS}"), "remove").status_code == 303
    assert kept(store, draft)[1][REASONS] == bundle(MAIN).files[REASONS]


REFUSED = {
    "no code": ("code", " ", "请填写代码"),
    "the code of another": ("code", "id_emblem_unclear", "请换一个"),
    "no text": ("text", "", "请填写岗位看到的原因"),
    "nothing for the customer": ("customer_text", "\u0001", "请填写客户看到的说明"),
    "far too long": ("customer_text", "字" * 501, "最多 500 个字"),
}


def test_what_no_reason_may_lack_is_asked_for(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page = analyst.get(f"{draft}/reason/0/{REASONS}")
    for case, (key, value, said) in REFUSED.items():
        told = press(analyst, page, "save", put(key, value), put("text_en", "mine"))
        assert told.status_code == 422 and said in told.text and ("text_en", "mine") in form_of(told), case
    assert kept(store, draft)[0] == 1


def test_reasons_that_are_none_are_left_to_the_text(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    whole = analyst.get(f"{draft}/reason/0/{REASONS}")
    for seen, text in enumerate(("{", "{}", '[{"code": 1}]', "[1]", '[{"desks": "review"}]'), start=2):
        press(analyst, analyst.get(f"{draft}/texts/{REASONS}"), "save", put("text", text))
        page = analyst.get(f"{draft}/reasons/{REASONS}")
        assert "不能按表修改" in page.text and f"/texts/{REASONS}" in page.text, text
        assert press(analyst, whole, "save", put("seen", str(seen))).status_code == 303
        assert kept(store, draft)[0] == seen, text


def test_only_files_of_their_kind_open_as_tables(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    for path in (f"tables/{REASONS}", "tables/x.dmn", f"reasons/{ELIGIBILITY}", f"reason/99/{REASONS}",
                 f"reason/-1/{REASONS}", f"reason/x/{REASONS}"):  # fmt: skip
        assert analyst.get(f"{draft}/{path}").status_code == 404, path
