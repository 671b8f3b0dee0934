"""Everybody who moves a case, and how many walks there are."""

from __future__ import annotations

import os
from functools import partial

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.flow.wander.carelessness import Carelessness
from tests.flow.wander.compaction import watched
from tests.flow.wander.customers import Customers
from tests.flow.wander.desks import Desks
from tests.flow.wander.ground import Ground
from tests.flow.wander.lateness import Lateness

settings.register_profile(
    "walks",
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "longer walks", settings.get_profile("walks"), derandomize=False, stateful_step_count=50, print_blob=True
)
MORE = int(os.environ.get("KAIHU_TEST_WALKS", "0"))
"""So many longer walks from each start, other ones each time; without it the same ones, as in CI."""


class Walking(Customers, Desks, Lateness, Carelessness):
    """One walk: whatever anybody can do, in any order."""


class Belated(Walking):
    """A walk in which everything that services have answered comes once more, after each move."""

    @invariant()
    def nothing_late_counts(self) -> None:
        if self.unawaited:
            self.counts_for_nothing(partial(self.everything_comes_late, -1))


def walk_by_chance(ground: Ground, walks: int, shrink: bool = True, machine: type[Walking] = Walking) -> dict[str, int]:
    """So many walks from this ground, and what they came to; the first that goes wrong is told move by move."""
    profile = settings(settings.get_profile("longer walks" if MORE else "walks"), max_examples=MORE or walks)
    phases = list(Phase) if shrink else [Phase.generate]
    with watched():
        run_state_machine_as_test(lambda: machine(ground), settings=settings(profile, phases=phases))  # type: ignore[arg-type]
    return dict(ground.tally)
