"""The businesses in `processes/` load without a finding, with the real catalogue and the real forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bundles import Known, load_folder
from forms.facts import declared_facts, sure_facts
from forms.lint import lint
from forms.trying import fill
from workers.catalogue import SERVICES

ROOT = Path(__file__).parents[2]
BUSINESSES = sorted(path.parent.name for path in (ROOT / "processes").glob("*/business.json"))
KNOWN = Known(
    SERVICES, frozenset({"idle_warning", "idle_limit", "second_review"}), declared_facts, sure_facts, lint, fill
)


def test_there_are_businesses() -> None:
    assert len(BUSINESSES) >= 2


@pytest.mark.parametrize("business", BUSINESSES)
def test_a_business_loads_and_its_specs_are_built(business: str) -> None:
    bundle = load_folder(ROOT, business, KNOWN)
    spec, _ = bundle.spec()
    assert spec.name == bundle.business.process
    assert bundle.steps


@pytest.mark.parametrize("business", BUSINESSES)
def test_everything_in_its_diagrams_is_drawn(business: str) -> None:
    for diagram in load_folder(ROOT, business, KNOWN).diagrams:
        assert [element.id for element in diagram.elements if not element.drawn] == []
        assert [flow.id for flow in diagram.flows if len(flow.waypoints) < 2] == []
