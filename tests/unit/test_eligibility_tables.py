"""Eligibility refuses when a fact is missing: who is not known to be of age is not of age."""

from __future__ import annotations

import pytest

from tests.house import drawn

GOOD = {
    "person": {"age": 40, "id_valid": True},
    "hours": {"open": True},
    "pending": {"business": False},
    "obligation": {"forced": False},
}
REFUSALS = [
    ("hours", "open", False, "outside_hours"),
    ("hours", "open", None, "outside_hours"),
    ("person", "age", 17, "under_age"),
    ("person", "age", None, "under_age"),
    ("person", "id_valid", False, "id_expired"),
    ("person", "id_valid", None, "id_expired"),
    ("pending", "business", True, "pending_business"),
    ("pending", "business", None, "pending_business"),
    ("obligation", "forced", True, "forced_agreement"),
    ("obligation", "forced", None, "forced_agreement"),
]


def answer(facts: dict[str, dict[str, object]]) -> object:
    found = drawn("change_settlement_account")
    decided = found.decisions[found.business.eligibility].decide(facts)
    assert isinstance(decided, dict)
    return decided["refusal"]


def test_somebody_against_whom_nothing_speaks_may_start() -> None:
    assert answer(GOOD) is None


@pytest.mark.parametrize(("group", "name", "value", "code"), REFUSALS)
def test_a_bad_or_missing_fact_refuses(group: str, name: str, value: object, code: str) -> None:
    assert answer(GOOD | {group: GOOD[group] | {name: value}}) == code
