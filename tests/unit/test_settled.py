"""Which steps the company's settings alone switch off: an unknown fact is not null, it may be anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.diagrams.drawing import Drawing
from engine.diagrams.settled import never_asked
from tests.unit.tea import load, tea

STEP = "taste"
ALWAYS, NEVER = False, True
CASES = [
    ("settings.second_review", False, NEVER, "the setting alone"),
    ("settings.second_review", True, ALWAYS, "control"),
    ("settings.second_review", None, NEVER, "a condition that is null does not hold"),
    ("not(settings.second_review)", True, NEVER, ""),
    ('tea.kind = "green"', False, ALWAYS, "unknown: some case may have it"),
    ('tea.kind != "green"', False, ALWAYS, ""),
    ("tea.kind = null", False, ALWAYS, ""),
    ("not(tea.kind = null)", False, ALWAYS, "the fact is set in some case"),
    ("tea.kind != null", False, ALWAYS, "was taken for never: null != null"),
    ('tea.kind in ("green", "black")', False, ALWAYS, ""),
    ("tea.sugar > 3", False, ALWAYS, ""),
    ('tea.kind = "green" and settings.second_review', False, NEVER, "whatever the tea is"),
    ('tea.kind = "green" and settings.second_review', True, ALWAYS, "control"),
    ('tea.kind = "green" or settings.second_review', False, ALWAYS, "the tea may be green"),
    ('not(tea.kind = "green" or settings.second_review)', True, NEVER, ""),
    ('not(tea.kind = "green" and settings.second_review)', False, ALWAYS, ""),
    ("(tea.sugar > 3 or tea.sugar < 1) and not(settings.second_review)", True, NEVER, ""),
]


@pytest.mark.parametrize(
    ("condition", "setting", "never"), [row[:3] for row in CASES], ids=[f"{row[0]} | {row[1]}" for row in CASES]
)
def test_a_step_is_never_asked_where_no_case_can_come_to_it(condition: str, setting: object, never: bool) -> None:
    declared = {"settings.second_review", "tea.kind", "tea.sugar"}
    assert (STEP in never_asked(under(condition), {"second_review": setting}, declared)) is never


def under(condition: str) -> Drawing:
    """The tea's own drawing, with this condition on every flow to the step."""
    drawing = load(tea()).drawing
    outgoing = {
        key: tuple(replace(flow, condition=condition) if flow.target == STEP else flow for flow in flows)
        for key, flows in drawing.outgoing.items()
    }
    return replace(drawing, outgoing=outgoing)
