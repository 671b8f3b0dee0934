"""Results that come too late, by the hundred: of tasks and rounds that are over. None counts."""

from __future__ import annotations

import pytest

from engine.store import Store
from tests.flow.wander.ground import Ground
from tests.flow.wander.starts import STARTS
from tests.flow.wander.walking import Belated, walk_by_chance

MANY, WALKS = 300, 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_three_hundred_late_results_change_nothing(store: Store) -> None:
    """What one of them changed would be seen in the rows, by the machine itself; its control is among the others."""
    came = walk_by_chance(Ground(store, STARTS["refused by the account"]), walks=WALKS, machine=Belated)
    of_tasks_that_are_over = came.get("late results (done)", 0) + came.get("late results (discarded)", 0)
    assert of_tasks_that_are_over >= MANY
