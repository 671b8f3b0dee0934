"""A posted form becomes values and facts, or a refusal in Chinese that keeps what was typed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import forms
from forms.context import Context
from forms.document import Form, Option
from forms.facts import declared_facts
from forms.load import load
from forms.messages import ENGLISH, Message, in_english
from tests.unit.sample_forms import CHOICES, REQUIRED, TODAY, form, refusal, text

REFUSED = [
    ("empty text", text(**REQUIRED), {}, "请填写住址"),
    ("a label with braces", text(label="编号 {a}", **REQUIRED), {}, "请填写编号 {a}"),
    ("blanks are empty", text(**REQUIRED), {"address": ["  "]}, "请填写住址"),
    ("too long", text(validate={"maxLength": 3}), {"address": ["一二三四"]}, "住址最多 3 个字，请缩短"),
    ("too short", text(validate={"minLength": 3}), {"address": ["一二"]}, "住址至少 3 个字，请补充"),
    (
        "pattern not whole",
        text(validate={"pattern": "^[a-z]+$"}),
        {"address": ["ab1"]},
        "住址的格式不正确，请检查后重新填写",
    ),
    (
        "pattern and a newline",
        text(validate={"pattern": "^[a-z]+$"}, type="textarea"),
        {"address": ["a\nb"]},
        "住址的格式不正确，请检查后重新填写",
    ),
    (
        "own pattern words",
        text(validate={"pattern": "^1$", "patternErrorMessage": "只能是 {1}"}),
        {"address": ["2"]},
        "只能是 {1}",
    ),
    ("e-mail", text(validate={"validationType": "email"}), {"address": ["a@b"]}, "住址请填写邮箱地址"),
    ("no number", text(type="number"), {"address": ["十"]}, "住址请填写数字"),
    ("not a number", text(type="number"), {"address": ["nan"]}, "住址请填写数字"),
    ("a fraction", text(type="number"), {"address": ["1.5"]}, "住址请填写整数"),
    ("too much", text(type="number", validate={"max": 3}), {"address": ["4"]}, "住址不能大于 3"),
    ("too little", text(type="number", validate={"min": 3}), {"address": ["2"]}, "住址不能小于 3"),
    (
        "no date",
        text(type="datetime", subtype="date"),
        {"address": ["2026-02-30"]},
        "住址不是有效的日期，请按 2026-11-22 的样子填写",
    ),
    (
        "a day gone",
        text(type="datetime", validate={"disallowPassedDates": True}),
        {"address": ["2026-11-21"]},
        "住址不能早于今天",
    ),
    ("nothing chosen", text(type="radio", **REQUIRED, **CHOICES), {}, "请选择住址"),
    ("not on the list", text(type="select", **CHOICES), {"address": ["c"]}, "请从列表中选择住址"),
    ("no tick at all", text(type="checklist", **REQUIRED, **CHOICES), {}, "请至少选择一项：住址"),
    ("a tick not on the list", text(type="checklist", **CHOICES), {"address": ["a", "x"]}, "请从列表中选择住址"),
    ("not agreed", text(type="checkbox", **REQUIRED), {}, "请阅读并勾选“住址”"),
    (
        "no photo",
        text(type="filepicker", properties={"widget": "photo", "slot": "s"}, **REQUIRED),
        {"address": ["forged"]},
        "请上传住址",
    ),
]


@pytest.mark.parametrize(("component", "posted", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_each_wrong_entry_is_refused_in_one_chinese_sentence(component, posted, said):
    assert refusal(form(component), posted).errors == {"address": said}


ACCEPTED = [
    ("trimmed", text(**REQUIRED), {"address": [" 上海 "]}, {"address": "上海"}),
    ("control characters go", text(), {"address": ["上\x00海\x1b"]}, {"address": "上海"}),
    ("optional and empty", text(), {}, {}),
    ("a whole number", text(type="number"), {"address": ["3"]}, {"address": 3}),
    ("decimals as allowed", text(type="number", decimalDigits=2), {"address": ["3.146"]}, {"address": 3.15}),
    ("a date", text(type="datetime"), {"address": ["2026-11-22"]}, {"address": "2026-11-22"}),
    (
        "today is not gone",
        text(type="datetime", validate={"disallowPassedDates": True}),
        {"address": ["2026-11-22"]},
        {"address": "2026-11-22"},
    ),
    ("a choice", text(type="radio", **CHOICES), {"address": ["a"]}, {"address": "a"}),
    ("ticks", text(type="checklist", **CHOICES), {"address": ["a", "b"]}, {"address": ["a", "b"]}),
    ("agreed", text(type="checkbox", **REQUIRED), {"address": ["true"]}, {"address": True}),
    ("not agreed, and need not", text(type="checkbox"), {}, {"address": False}),
    ("unknown keys are dropped", text(), {"address": ["a"], "role": ["admin"]}, {"address": "a"}),
    ("a pattern is whole", text(validate={"pattern": "^[a-z]+$"}), {"address": ["ab"]}, {"address": "ab"}),
]


@pytest.mark.parametrize(
    ("component", "posted", "values"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED]
)
def test_each_right_entry_is_accepted(component, posted, values):
    assert load(form(component), posted, TODAY).values == values


LONG_TERM = form(
    text("long_term", "长期", "checkbox"),
    text("until", "到期日", "datetime", conditional={"hide": "=long_term"}, **REQUIRED),
)


def test_a_hidden_field_is_not_required_and_what_was_posted_for_it_is_dropped():
    assert load(LONG_TERM, {"long_term": ["true"], "until": ["2030-01-01"]}, TODAY).values == {"long_term": True}
    assert refusal(LONG_TERM, {}).errors == {"until": "请填写到期日"}


def test_a_hidden_group_hides_all_inside_and_hiding_goes_on_from_field_to_field():
    asked = form(
        text("kind", "类型", "radio", **CHOICES),
        {
            "type": "group",
            "conditional": {"hide": 'kind = "a"'},
            "components": [{"id": "in", **text("inner", "内", **REQUIRED)}],
        },
        text("last", "末", conditional={"hide": "inner = null"}, **REQUIRED),
    )
    assert load(asked, {"kind": ["a"], "inner": ["x"], "last": ["y"]}, TODAY).values == {"kind": "a"}
    assert load(asked, {"kind": ["b"], "inner": ["x"], "last": ["y"]}, TODAY).values["last"] == "y"


def test_everything_typed_is_kept_when_one_field_is_wrong():
    asked = form(text("a", "甲", **REQUIRED), text("b", "乙"), text("c", "丙", "checklist", **CHOICES))
    refused = refusal(asked, {"b": ["typed"], "c": ["zzz"]})
    assert refused.values == {"b": "typed", "c": ["zzz"]}
    assert list(refused.errors) == ["a", "c"]


def test_what_the_server_established_is_never_taken_from_the_post():
    asked = form(
        text("name", "姓名", properties={"widget": "fixed", "source": "person.name"}),
        text("front", "人像面", "filepicker", properties={"widget": "photo", "slot": "s"}, **REQUIRED),
        text("known", "旧值", disabled=True),
    )
    posted = {"name": ["别人"], "front": ["forged"], "known": ["forged"]}
    context = Context(today=TODAY.today, given={"name": "张三", "front": "p1"})
    assert load(asked, posted, context).values == {"name": "张三", "front": "p1"}


def test_a_problem_that_the_page_found_stands_at_its_field():
    asked = form(text("a", "甲"), text("b", "乙", **REQUIRED))
    context = Context(today=TODAY.today, problems={"a": "签名无法验证"})
    assert refusal(asked, {"a": ["1"], "b": ["2"]}, context).errors == {"a": "签名无法验证"}
    assert refusal(asked, {"a": ["1"]}, context).errors == {"a": "签名无法验证", "b": "请填写乙"}


def test_rows_of_a_list_are_judged_each_and_errors_stand_by_index():
    asked = form(
        {
            "type": "dynamiclist",
            "path": "people",
            "label": "名单",
            "components": [{"id": "x", **text("name", "姓名", **REQUIRED)}, {"id": "y", **text("note", "备注")}],
        }
    )
    posted = {"people.0.name": ["甲"], "people.1.note": ["无名"], "people.2.name": [""], "people.x.name": ["?"]}
    assert refusal(asked, posted).errors == {"people.1.name": "请填写姓名"}
    assert load(asked, {"people.3.name": ["甲"]}, TODAY).values == {"people": [{"name": "甲"}]}


FACTS = {
    "type": "default",
    "components": [
        text("agree", "同意", "checkbox", properties={"fact": "agreed"}),
        text("decision", "结论", "radio", properties={"widget": "desk_decision", "fact": "review.decision"}, **CHOICES),
        text("found", "证书", properties={"widget": "certificate", "fact": "certificate.found"}),
        text("name", "姓名", properties={"fact": "person.name"}),
    ],
}


def test_facts_are_declared_for_closed_choices_and_never_for_what_was_written():
    assert declared_facts(FACTS) == {"agreed": "boolean", "review.decision": "text", "certificate.found": "boolean"}
    assert declared_facts(b"not json") == {}


def test_facts_of_answers():
    context = Context(today=TODAY.today, given={"found": False})
    loaded = load(Form.parse(FACTS, "x"), {"decision": ["a"], "name": ["张三"]}, context)
    assert loaded.facts == {"agreed": False, "review.decision": "a", "certificate.found": False}


def test_choices_that_are_data_take_the_place_of_the_documents():
    asked = form(text("bank", "银行", "select", properties={"choices": "banks"}))
    context = Context(today=TODAY.today, choices={"banks": (Option("ABC", "农业银行"),)})
    assert load(asked, {"bank": ["ABC"]}, context).values == {"bank": "ABC"}
    assert refusal(asked, {"bank": ["XXX"]}, context).errors == {"bank": "请从列表中选择银行"}


def test_every_sentence_of_the_forms_room_has_its_english():
    spoken = {message for file in Path(forms.__path__[0]).rglob("*.py") for message in chinese_messages(file)}
    assert spoken - set(ENGLISH) == set()
    assert len(spoken) > 20


def chinese_messages(file: Path) -> set[str]:
    """Every Chinese string constant of a module that is a sentence to a person, docstrings aside."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message"
    ]
    constants = [call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)]
    named = [
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and getattr(node.targets[0], "id", "") == "pattern"
    ]
    return {text for text in constants + named if isinstance(text, str)}


def test_a_sentence_is_said_in_english_with_the_forms_own_words_translated():
    said = Message("{label}最多 {limit} 个字，请缩短", label="住址", limit=3)
    assert (
        in_english(said, {"住址": "Address", "3": "3"}.__getitem__)
        == "Address: at most 3 characters; please shorten it"
    )
    assert in_english("只能是 1", lambda text: f"<{text}>") == "<只能是 1>"
    empty = refusal(form(text(**REQUIRED)), {}).errors["address"]
    assert in_english(empty, {"住址": "Address"}.__getitem__) == "Enter: Address"
