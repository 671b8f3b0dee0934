"""The scenarios beside the diagrams hold, and together they take every sequence flow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.store import Store
from tests.flow.player import Player, Told, all_told
from tests.house import drawn

TOLD = all_told()
BUSINESSES = sorted({told.business for told in TOLD})
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.name)
def test_a_scenario_comes_to_the_end_that_it_tells(store: Store, told: Told) -> None:
    walk = (played := Player.start(store, told).play()).walk
    assert walk.case.ended_at is not None, f"still open: {walk.steps}"
    assert (played.ends[-1], walk.case.status) == (told.then["end"], told.then["status"])


@pytest.mark.parametrize("business", BUSINESSES)
def test_the_scenarios_of_a_business_take_every_sequence_flow(store: Store, business: str) -> None:
    drawing = drawn(business).drawing
    wanted = {(flow.process, flow.source, flow.target) for flow in drawing.flows}
    ways = [Player.start(store, told).play().walk.flows for told in TOLD if told.business == business]
    taken = {(flow.process, flow.source, flow.target) for way in ways for flow in way}
    share = 100 * len(taken & wanted) // len(wanted)
    print(f"{business}: {len(ways)} scenarios take {len(taken & wanted)} of {len(wanted)} sequence flows, {share} %")
    assert sorted(wanted - taken) == []


def test_a_scenario_that_names_a_step_that_is_not_open_does_not_hold(store: Store) -> None:
    """The control: one line left out, and the player says which one does not fit."""
    told = next(one for one in TOLD if one.path.stem == "certificate_found")
    short = replace(told, when=told.when[:2] + told.when[3:])
    with pytest.raises(AssertionError, match=r"line 3 of when.*basic_data"):
        Player.start(store, short).play()


def test_a_scenario_that_stops_too_early_is_still_open(store: Store) -> None:
    told = next(one for one in TOLD if one.path.stem == "certificate_found")
    assert Player.start(store, replace(told, when=told.when[:-1])).play().walk.case.ended_at is None
