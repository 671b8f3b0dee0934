"""What is signed, and that none of it can change without a new signature: for every business of this house."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from engine.bundles import Bundle, load_folder
from engine.cases import asking
from engine.cases.signed import signed_steps
from tests.unit.test_bundles_of_this_house import BUSINESSES, KNOWN, ROOT

DATA = {"bank_cards", "photo"}
"""Widgets with which a customer gives data; so does a text that he writes himself."""
OUTCOMES = [{}, {"video": {"decision": "pass"}}, {"refusal": {"decision": "correct"}}]


def signing_step(bundle: Bundle) -> str | None:
    parts = ((step.id, part) for step in bundle.steps for part in bundle.forms[step.form]["components"])
    return next((step for step, part in parts if part.get("properties", {}).get("widget") == "agreements"), None)


def gives_data(bundle: Bundle, form: str) -> bool:
    parts = [(part["type"], part.get("properties", {}).get("widget")) for part in bundle.forms[form]["components"]]
    return any(widget in DATA or (kind in {"textfield", "textarea"} and widget is None) for kind, widget in parts)


def house() -> list[tuple[Bundle, str]]:
    bundles = [load_folder(ROOT, business, KNOWN) for business in BUSINESSES]
    return [(bundle, step) for bundle in bundles if (step := signing_step(bundle))]


def test_every_business_signs() -> None:
    assert [bundle.business.id for bundle, _ in house()] == BUSINESSES


@pytest.mark.parametrize(("bundle", "signing"), house(), ids=BUSINESSES)
def test_every_step_in_which_the_customer_gives_data_is_signed(bundle: Bundle, signing: str) -> None:
    role = bundle.step(signing).role
    giving = {step.id for step in bundle.steps if step.role == role and gives_data(bundle, step.form)}
    assert giving <= set(signed_steps(bundle, signing))


def unsigned_changes(bundle: Bundle, signing: str) -> list[str]:
    """Reasons and roads back that would ask a signed step again without asking for a new signature."""
    signed = set(signed_steps(bundle, signing))
    found = [
        reason.code
        for reason, facts in product(bundle.reasons, OUTCOMES)
        if (asked := asking.asked_by(bundle, [reason], facts)) & signed and signing not in asked
    ]
    roads = [step.back for step in bundle.steps if step.back]
    return found + [
        back
        for back, facts in product(roads, OUTCOMES)
        if ({back} | asking.repeated(bundle, back, facts)) & signed
        and signing not in asking.repeated(bundle, back, facts)
    ]


@pytest.mark.parametrize(("bundle", "signing"), house(), ids=BUSINESSES)
def test_whatever_asks_signed_data_again_asks_for_a_signature(bundle: Bundle, signing: str) -> None:
    if bundle.business.repeats:  # without a table, the whole chain is walked again up to the signature
        assert unsigned_changes(bundle, signing) == []


def test_where_no_table_says_what_is_repeated_every_other_step_of_the_customer_is_signed() -> None:
    bundle, signing = next(one for one in house() if one[0].business.repeats)
    without = replace(bundle, business=replace(bundle.business, repeats=None))
    role = bundle.step(signing).role
    assert signed_steps(without, signing) == [s.id for s in bundle.steps if s.role == role and s.id != signing]
    assert unsigned_changes(without, signing)  # the control: then a rejection could change what was signed
