"""The scenarios beside the diagrams hold, and together they take every sequence flow."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.bundles import Bundle
from engine.scenarios.bounds import Bounds
from engine.scenarios.coverage import coverage
from engine.scenarios.reading import files_of
from engine.scenarios.running import Played, play_one
from engine.scenarios.sandbox import Sandbox
from tests.house import CHANGE, SUPPLEMENT, drawn, known

BUSINESSES = (CHANGE, SUPPLEMENT)
TOLD = [(business, file) for business in BUSINESSES for file in files_of(drawn(business))]


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[dict[str, Sandbox]]:
    made = {business: Sandbox(drawn(business), known()) for business in BUSINESSES}
    yield made
    for sandbox in made.values():
        sandbox.close()


@pytest.fixture(scope="module")
def played(sandboxes: dict[str, Sandbox]) -> dict[str, Played]:
    """Every scenario, played once for all tests of this file."""
    return {file: play_one(sandboxes[business], file, Bounds(time.monotonic)) for business, file in TOLD}


@pytest.mark.parametrize(("business", "file"), TOLD, ids=lambda one: one.rsplit("/", 1)[-1])
def test_a_scenario_comes_to_the_end_that_it_tells(played: dict[str, Played], business: str, file: str) -> None:
    assert [finding.text("en") for finding in played[file].findings] == []


@pytest.mark.parametrize("business", BUSINESSES)
def test_the_scenarios_of_a_business_pass_every_node_and_flow(played: dict[str, Played], business: str) -> None:
    mine = [played[file].way for owner, file in TOLD if owner == business]
    found = coverage(drawn(business).drawing, mine)
    print(f"{business}: {len(mine)} scenarios pass {found.flows} flows and {found.nodes} nodes")
    assert found.whole and (found.flows.percent, found.nodes.percent) == (100, 100)


@pytest.mark.parametrize("business", BUSINESSES)
def test_without_one_scenario_a_flow_is_missed(played: dict[str, Played], business: str) -> None:
    """The control: what is missing is named."""
    bundle: Bundle = drawn(business)
    mine = [file for owner, file in TOLD if owner == business]
    alone = coverage(bundle.drawing, [played[mine[0]].way])
    assert not alone.whole and alone.flows.percent < 100
    assert all(bundle.drawing.elements[flow.process, flow.source] for flow in alone.missed_flows)
