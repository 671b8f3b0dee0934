"""A form document that could not be drawn, or tells the flow what is sealed, is refused with file, field and line."""

from __future__ import annotations

from forms.lint import lint
from tests.unit.faults_asked import FIELD, asked


def rules(*components: dict) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.element) for finding in asked(*components)]


def test_a_good_form_has_no_rules():
    assert rules({"type": "text", "id": "t", "text": "说明"}, FIELD) == []


def test_a_key_used_twice_is_found_also_inside_a_list():
    twice = {**FIELD, "id": "Field_2"}
    assert rules(FIELD, twice) == [("form.key_twice", "address")]
    rows = {"id": "L", "type": "dynamiclist", "path": "rows", "components": [FIELD, twice]}
    assert rules(rows) == [("form.key_twice", "address")]
    assert rules(FIELD, {**rows, "components": [twice]}) == []


def test_a_finding_names_the_line_and_an_unreadable_file_is_one_finding():
    raw = b'{\n "components": [\n  {"id": "Field_9", "type": "html", "key": "x"}\n ]\n}'
    assert [finding.line for finding in lint("f", raw)] == [3]
    assert [finding.rule for finding in lint("f", b"[]")] == ["form.unreadable"]
