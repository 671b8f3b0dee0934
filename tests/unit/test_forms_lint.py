"""A form document that could not be drawn, or tells the flow what is sealed, is refused with file, field and line."""

from __future__ import annotations

import json
import random

import pytest

from forms.document import Form
from forms.lint import lint
from forms.load import Invalid, load
from tests.house import ROOT
from tests.unit.damage import OTHERS, places, put
from tests.unit.faults_asked import FIELD, asked
from tests.unit.sample_forms import TODAY


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


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("forms/*/*.form.json")), ids=lambda path: path.parent.name + path.stem
)
def test_a_form_that_lint_accepts_can_be_filled_in_whatever_its_parts_are(path):
    chance = random.Random(path.name)
    document = json.loads(path.read_text("utf-8"))
    for place in chance.sample(found := list(places(document)), min(len(found), 15)):
        raw = json.dumps(put(document, place, chance.choice(OTHERS))).encode()
        if not lint("x.form.json", raw):
            filled_in(Form.parse(raw, "x"))


def filled_in(form):
    for posted in ({}, {part.key: ["1"] for part in form.fields}):
        try:
            load(form, posted, TODAY)
        except Invalid as refused:
            assert all(refused.errors.values())
