"""The form-js editor's work comes into the file as what was done there; the editor's own habits stay outside."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from forms import exact
from forms.editing import rows
from forms.rejoining import NotRejoined, rejoined
from tests.house import ROOT

Raw = dict[str, Any]
FORMS = sorted((ROOT / "forms").rglob("*.form.json"))

OURS: Raw = {
    "type": "default",
    "schemaVersion": 19,
    "id": "tea",
    "components": [
        {"type": "textfield", "key": "name", "label": "姓名", "validate": {"required": True}, "id": "tea_1"},
        {"type": "checklist", "key": "why", "properties": {"widget": "reject_reasons"}, "id": "tea_2"},
        {
            "type": "group",
            "label": "其他",
            "components": [{"type": "text", "text": "好", "id": "tea_4"}],
            "id": "tea_3",
        },
    ],
}


def as_the_editor_writes(document: Raw) -> Raw:
    """Its habits as they were measured: keys in another order, rows, invented options, an outline."""
    made = deepcopy(document)
    for place, part in rows(made):
        turned = dict(reversed(part.items()))
        part.clear()
        part.update(turned, layout={"row": f"Row_{place}", "columns": None})
        part.setdefault("id", f"Field_{place}")
        if part["type"] in ("checklist", "select", "radio") and "values" not in part:
            part["values"] = [{"label": "Value", "value": "value"}]
        if part["type"] == "group":
            part["showOutline"] = True
    return {**made, "schemaVersion": 20}


def done(change: Any, original: Raw = OURS) -> Raw:
    before = as_the_editor_writes(original)
    after = deepcopy(before)
    change(after)
    return rejoined(original, before, after)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_form_that_was_only_opened_keeps_its_bytes(path: Any) -> None:
    raw = path.read_bytes()
    document = exact.read(raw)
    assert exact.write(done(lambda after: None, document), raw) == raw
    assert exact.write(as_the_editor_writes(document), raw) != raw  # the control: what the editor would have written


def test_one_word_is_one_word_in_the_file() -> None:
    made = done(lambda after: after["components"][0].update(label="名字"))
    expected = deepcopy(OURS)
    expected["components"][0]["label"] = "名字"
    assert exact.write(made) == exact.write(expected)


def test_what_stands_in_an_entry_is_changed_for_itself() -> None:
    made = done(lambda after: after["components"][0]["validate"].update(maxLength=20))
    assert made["components"][0]["validate"] == {"required": True, "maxLength": 20}
    made = done(lambda after: after["components"][0].update(validate={}))
    assert "validate" not in made["components"][0]


def test_options_that_somebody_writes_are_taken_and_invented_ones_are_not() -> None:
    options = [{"value": "late", "label": "太晚"}]
    assert done(lambda after: after["components"][1].update(values=options))["components"][1]["values"] == options
    assert "values" not in done(lambda after: after["components"][0].update(label="x"))["components"][1]


def test_parts_move_go_and_come_into_groups() -> None:
    def moved(after: Raw) -> None:
        group = after["components"][2]
        group["components"].append(after["components"].pop(0))
        group["components"].append({"type": "number", "key": "age", "label": "年龄", "id": "tea_5", "layout": {}})

    made = done(moved)
    assert [part["id"] for _, part in rows(made)] == ["tea_2", "tea_3", "tea_4", "tea_1", "tea_5"]
    new = made["components"][1]["components"][2]
    assert new == {"type": "number", "key": "age", "label": "年龄", "id": "tea_5"}
    assert made["components"][1]["components"][1] == OURS["components"][0]
    assert "showOutline" not in made["components"][1]


def test_a_group_that_was_emptied_stays_a_group() -> None:
    assert done(lambda after: after["components"][2]["components"].clear())["components"][2]["components"] == []


def lost_a_part(before: Raw) -> None:
    before["components"].pop()


def other_type(before: Raw) -> None:
    before["components"][0]["type"] = "number"


def other_id(before: Raw) -> None:
    before["components"][0]["id"] = "strange"


@pytest.mark.parametrize("spoil", [lost_a_part, other_type, other_id])
def test_what_the_editor_opened_otherwise_is_refused(spoil: Any) -> None:
    before = as_the_editor_writes(OURS)
    after = deepcopy(before)
    spoil(before)
    with pytest.raises(NotRejoined):
        rejoined(OURS, before, after)


def test_two_parts_of_one_id_are_refused() -> None:
    with pytest.raises(NotRejoined):
        done(lambda after: after["components"].append(dict(after["components"][0])))
