"""A form document that could not be drawn, or tells the flow what is sealed, is refused with file, field and line."""

from __future__ import annotations

import json

import pytest

from forms.lint import lint

GOOD = {"id": "Field_1", "type": "textfield", "key": "address", "label": "住址"}


def findings(*components: dict) -> list[tuple[str, str | None]]:
    raw = json.dumps({"type": "default", "components": list(components)}, indent=1, ensure_ascii=False).encode()
    return [(finding.rule, finding.element) for finding in lint("forms/x.form.json", raw)]


def test_a_good_form_has_no_findings():
    assert findings({"type": "text", "id": "t", "text": "说明"}, GOOD) == []


WRONG = [
    ({"key": ""}, "form-key"),
    ({"type": "html"}, "form-type"),
    ({"type": "expression"}, "form-type"),
    ({"type": "filepicker"}, "form-type"),
    ({"type": "filepicker", "properties": {"widget": "photo", "kind": "id1"}}, "form-property"),
    ({"type": "filepicker", "properties": {"widget": "photo", "slot": "s", "kind": "round"}}, "form-property"),
    ({"properties": {"widget": "bank_crads"}}, "form-widget"),
    ({"properties": {"widget": "fixed"}}, "form-property"),
    ({"properties": {"rule": "luhn"}}, "form-rule"),
    ({"properties": {"fact": "person.address"}}, "form-fact-sealed"),
    ({"type": "select"}, "form-options"),
    ({"type": "radio", "values": [{"value": "a", "label": "甲"}, {"value": "a", "label": "乙"}]}, "form-options"),
    ({"validate": {"pattern": "[0-9]+"}}, "form-pattern-open"),
    ({"validate": {"pattern": "^[0-9$"}}, "form-pattern"),
    ({"conditional": {"hide": "adress = null"}}, "form-hide"),
    ({"conditional": {"hide": "address ="}}, "form-hide"),
    ({"properties": {"requiredWhen": "adress = null"}}, "form-required"),
    ({"type": "radio", "values": [{"value": "a", "label": "甲"}], "properties": {"oneClick": "b"}}, "form-one-click"),
    ({"type": "checklist", "properties": {"widget": "reject_reasons", "offers": "some"}}, "form-property"),
]


@pytest.mark.parametrize(("change", "rule"), WRONG)
def test_each_fault_is_found_by_its_rule(change, rule):
    assert {name for name, _ in findings(GOOD | change)} == {rule}


def test_a_key_used_twice_is_found_also_inside_a_list():
    twice = {**GOOD, "id": "Field_2"}
    assert findings(GOOD, twice) == [("form-key-twice", "address")]
    rows = {"id": "L", "type": "dynamiclist", "path": "rows", "components": [GOOD, twice]}
    assert findings(rows) == [("form-key-twice", "address")]
    assert findings(GOOD, {**rows, "components": [twice]}) == []


def test_a_finding_names_the_line_and_an_unreadable_file_is_one_finding():
    raw = b'{\n "components": [\n  {"id": "Field_9", "type": "html", "key": "x"}\n ]\n}'
    assert [finding.line for finding in lint("f", raw)] == [3]
    assert [finding.rule for finding in lint("f", b"[]")] == ["form-unreadable"]
