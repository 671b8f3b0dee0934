"""A field becomes another kind of field: what both kinds say stays, what only the old one says is told before."""

from __future__ import annotations

import pytest

from forms.document import Form
from forms.palette import KINDS, begun, kind_of
from forms.turning import Lost, lost, turned

TEXT = {
    "type": "textfield", "key": "risk", "label": "风险等级", "description": "按问卷",
    "validate": {"required": True, "maxLength": 20}, "conditional": {"hide": "=age < 18"},
    "properties": {"prefill": "person.name", "requiredWhen": "=age > 60"}, "id": "f_1",
}  # fmt: skip
CHOICE = {
    "type": "radio", "key": "risk", "label": "风险等级", "id": "f_1",
    "values": [{"value": "low", "label": "低"}, {"value": "high", "label": "高"}],
    "properties": {"fact": "risk.level"},
}  # fmt: skip
LONG = {"type": "text", "text": "一\n二", "id": "f_1"}
GROUP = {"type": "group", "label": "住址", "id": "f_1", "components": [{"type": "text", "text": "x", "id": "f_2"}]}


def document(*parts: dict) -> dict:
    return {"type": "default", "id": "f", "components": list(parts)}


def test_what_both_kinds_say_stays_with_its_id_and_key() -> None:
    made = turned(document(TEXT), TEXT, "number")
    assert (made["type"], made["id"], made["key"], made["label"]) == ("number", "f_1", "risk", "风险等级")
    assert made["conditional"] == {"hide": "=age < 18"} and made["properties"] == {"requiredWhen": "=age > 60"}
    assert lost(TEXT, made) == [Lost("prefill", "person.name"), Lost("maxLength", "20")]


def test_choices_and_their_fact_stay_among_kinds_of_choices_and_are_told_where_they_go() -> None:
    kept = turned(document(CHOICE), CHOICE, "select")
    assert kept["values"] == CHOICE["values"] and kept["properties"] == {"fact": "risk.level"}
    assert lost(CHOICE, kept) == []
    assert "validate" not in kept, "it was not required"
    gone = turned(document(CHOICE), CHOICE, "textfield")
    assert lost(CHOICE, gone) == [Lost("fact", "risk.level"), Lost("values", "低, 高")]


def test_words_go_from_a_text_to_a_label_where_they_fit() -> None:
    one = {"type": "text", "text": "请读", "id": "f_1"}
    made = turned(document(one), one, "textfield")
    assert (made["label"], made["key"]) == ("请读", "field_1") and lost(one, made) == []
    assert lost(LONG, turned(document(LONG), LONG, "textfield")) == [Lost("text", "一\n二")]


def test_what_stands_inside_goes_along_into_a_list_and_is_told_before_it_goes() -> None:
    assert turned(document(GROUP), GROUP, "dynamiclist")["components"] == GROUP["components"]
    assert Lost("components", "1") in lost(GROUP, turned(document(GROUP), GROUP, "text"))


def test_what_the_page_does_not_know_is_told_too() -> None:
    odd = {**TEXT, "defaultValue": "x", "properties": {"colour": "red"}}
    assert {"defaultValue", "colour"} <= {one.name for one in lost(odd, turned(document(odd), odd, "number"))}


@pytest.mark.parametrize("old", sorted(KINDS))
def test_any_kind_becomes_any_other_and_is_a_form(old: str) -> None:
    part = {**begun(old), "id": "f_1"}
    for kind in KINDS:
        made = turned(document(part), part, kind)
        Form.parse(document(made), "f")
        assert kind_of(made) == kind, (old, kind)
        if kind == old:
            assert lost(part, made) == [], old
