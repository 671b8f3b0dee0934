"""Every road comes to its end, and every sequence flow that is drawn is taken by one of them."""

from __future__ import annotations

import pytest

from engine import audit
from engine.store import Store
from engine.tables import Job, Task, Timer
from tests.flow.scenarios import ALL, SCENARIOS, Scenario
from tests.house import count_rows, drawn


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name.strip("_"))
def test_a_road_comes_to_its_end_and_leaves_nothing_open(store: Store, scenario: Scenario) -> None:
    walk = scenario.walk(store)
    assert walk.case.ended_at is not None, f"still open: {walk.steps}, {[job.service for job in walk.jobs]}"
    assert walk.case.status == scenario.end
    with store.read() as tx:
        assert count_rows(tx, Task, closed_at=None) == 0
        assert count_rows(tx, Timer) == 0
        waited_for = tx.query(Job).where(Job.task_id.is_not(None))
        assert {job.status for job in waited_for} <= {"done", "discarded"}
        assert audit.verify(tx, store.vault, audit.case_chain(walk.id)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("business", SCENARIOS)
def test_every_sequence_flow_of_every_diagram_is_taken(store: Store, business: str) -> None:
    drawing = drawn(business).drawing
    wanted = {(flow.process, flow.source, flow.target): flow.id for flow in drawing.flows}
    ways = [scenario.walk(store).flows for scenario in SCENARIOS[business]]
    taken = {(flow.process, flow.source, flow.target) for way in ways for flow in way}
    missing = sorted(f"{key[0]}: {flow}" for key, flow in wanted.items() if key not in taken)
    print(f"{business}: {len(wanted) - len(missing)} of {len(wanted)} sequence flows taken")
    assert len(wanted) == len(drawing.flows), "two flows join the same elements; the way could not tell them apart"
    assert taken <= wanted.keys()
    assert not missing
