"""A form is changed part by part: what is not touched stays to the last letter, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms import exact
from forms.editing import added, identified, is_key, moved, part_at, place_of, removed, replaced, rows, said
from forms.entries import untold
from forms.lint import lint
from forms.palette import KINDS, begun, kind_of
from forms.schema import KNOWN_WIDGETS, TYPES
from forms.telling import BAD_KEY, BAD_NUMBER, shown, told
from tests.house import ROOT
from tests.unit.sample_forms import CHOICES

SHIPPED = sorted((ROOT / "forms").rglob("*.form.json"))
STRANGE = {
    "type": "textfield", "key": "a", "label": " two\nlines ", "appearance": {"prefix": "¥"}, "unheard": [1, None],
    "validate": {"required": False, "maxLength": "7", "min": 1.5}, "properties": {"own": "x", "mask": 3}, "id": "a_1",
}  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_form_that_is_opened_and_saved_part_by_part_is_the_same_bytes(path: Path) -> None:
    document = exact.read(path.read_bytes())
    for place, part in list(rows(document)):
        now = told(part, shown(part))
        assert not now.wrong, place
        document = replaced(document, place, now.part)
    assert exact.write(document) == path.read_bytes()


def test_what_the_page_does_not_know_is_kept_and_told() -> None:
    now = told(STRANGE, {**shown(STRANGE), "description": "new", "others": "own=y\nmore=z"})
    assert now.part == {**STRANGE, "description": "new", "properties": {"mask": 3, "own": "y", "more": "z"}}
    names = list(now.part)
    assert names.index("description") == names.index("validate") - 1, "in the place where forms have it"
    assert untold(STRANGE) == ["appearance", "unheard"]
    assert told(STRANGE, {**shown(STRANGE), "label": "two lines"}).part["label"] == "two lines", "the control"


CHANGES = {
    "a rule": ({}, {"rule": "id_number"}, {"properties": {"rule": "id_number"}}),
    "no rule any more": ({"properties": {"rule": "phone"}}, {"rule": ""}, {}),
    "required": ({}, {"required": "yes"}, {"validate": {"required": True}}),
    "not required any more": ({"validate": {"required": True}}, {"required": ""}, {}),
    "a number": ({}, {"maxLength": "30"}, {"validate": {"maxLength": 30}}),
    "hidden by a condition": ({}, {"hide": '=a = "b"'}, {"conditional": {"hide": '=a = "b"'}}),
    "another key": ({}, {"key": "b"}, {"key": "b"}),
}


@pytest.mark.parametrize(("before", "typed", "after"), CHANGES.values(), ids=CHANGES)
def test_an_entry_goes_where_the_schema_reads_it(before: dict, typed: dict, after: dict) -> None:
    part = {"type": "textfield", "key": "a", "label": "甲", "id": "x_1"}
    now = told({**part, **before}, {**shown({**part, **before}), **typed})
    assert not now.wrong and now.part == {**part, **after} and list(now.part)[-1] == "id"


def test_options_are_changed_put_in_order_and_taken_out() -> None:
    part = {"type": "radio", "key": "a", "values": [{**one, "own": 1} for one in CHOICES["values"]], "id": "x_1"}
    typed = shown(part) | {"values.0.label": "", "values.0.value": "", "values.2.value": "c", "values.2.label": "丙"}
    now = told(part, typed | {"values.2.order": "1"})
    assert now.part["values"] == [{"value": "c", "label": "丙"}, {"value": "b", "label": "乙", "own": 1}]


@pytest.mark.parametrize(("typed", "wrong"), [({"key": "a b"}, BAD_KEY), ({"maxLength": "many"}, BAD_NUMBER)])
def test_what_cannot_be_taken_is_told_by_its_entry(typed: dict, wrong: object) -> None:
    part = {"type": "textfield", "key": "a", "id": "x_1"}
    assert told(part, {**shown(part), **typed}).wrong == {next(iter(typed)): wrong}


def test_every_kind_of_the_schema_can_be_put_in_and_is_read_again() -> None:
    assert KNOWN_WIDGETS | TYPES.keys() <= KINDS.keys()
    for kind in KINDS:
        part = identified({"id": "x"}, begun(kind))
        form = {"type": "default", "schemaVersion": 19, "id": "x", "components": [part]}
        rules = {one.rule for one in lint("x", json.dumps(form).encode())}
        assert kind_of(part) == kind and rules <= {"form.property/missing", "form.property"}, (kind, rules)


def test_parts_are_put_in_moved_and_taken_out_at_any_depth() -> None:
    group = {"type": "group", "id": "g", "components": [{"type": "text", "id": "a"}, {"type": "text", "id": "b"}]}
    document = {"components": [group, {"type": "text", "id": "c"}]}
    ids = lambda one: [part["id"] for _, part in rows(one)]  # noqa: E731
    assert ids(moved(document, (0, 0), 1)) == ["g", "b", "a", "c"]
    assert ids(moved(document, (0, 0), -1)) == ids(document), "the first stays the first"
    assert ids(added(document, {"id": "d"}, (0, 2))) == ["g", "a", "b", "d", "c"]
    assert ids(removed(document, (0,))) == ["c"] and part_at(document, (0, 1))["id"] == "b"
    assert [said(place) for place, _ in rows(document)] == ["0", "0.0", "0.1", "1"]
    for nowhere in ("9", "1.0", "0.9.9"):
        with pytest.raises(LookupError):
            part_at(document, place_of(nowhere))
    for nothing in ("", "-1", "0.", "x", "1" * 9):
        with pytest.raises(LookupError):
            place_of(nothing)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1e999}', '{"a": 0.12345678901234567890}',
                                  '"\\ud800"', "{", "[" * 100_000, "[" * 41 + "1" + "]" * 41,
                                  '{"a":' * 960 + "1" + "}" * 960])  # fmt: skip
def test_a_text_that_would_lose_something_is_not_opened(text: str) -> None:
    with pytest.raises(exact.NotExact):
        exact.read(text.encode())


def test_another_layout_of_the_same_text_is_left_alone() -> None:
    dense = b'{"a":[1,2.50],"b":"\\u4e2d"}'
    assert exact.write(exact.read(dense), dense) == dense
    assert exact.write({**exact.read(dense), "b": "x"}, dense).count(b"\n") == 7
    assert is_key("home_address") and not is_key("家") and not is_key("a.b")
