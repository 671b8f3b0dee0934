"""The range that somebody in line is told: its ends from calls that were measured, and how often it holds."""

from __future__ import annotations

from datetime import timedelta
from heapq import heapreplace
from math import log, sqrt
from random import Random

import pytest

from engine.waiting_time import ENOUGH, Verifiers, Wait, wait

MINUTES = timedelta(minutes=1)
EVEN = [5 * MINUTES] * ENOUGH
UNEVEN = [2 * MINUTES, 8 * MINUTES] * (ENOUGH // 2)
NOW = Wait(timedelta(), timedelta())


@pytest.mark.parametrize(
    ("position", "there", "took", "told"),
    [
        pytest.param(1, Verifiers(0, 0), EVEN, None, id="nobody is there"),
        pytest.param(1, Verifiers(1, 1), EVEN, NOW, id="somebody is free"),
        pytest.param(2, Verifiers(3, 2), EVEN, NOW, id="free for the second too"),
        pytest.param(3, Verifiers(3, 2), EVEN, Wait(5 * MINUTES / 3, 5 * MINUTES / 3), id="one before him"),
        pytest.param(3, Verifiers(1, 0), EVEN, Wait(15 * MINUTES, 15 * MINUTES), id="three calls of one verifier"),
        pytest.param(3, Verifiers(3, 0), EVEN, Wait(5 * MINUTES, 5 * MINUTES), id="three calls of three"),
        pytest.param(4, Verifiers(1, 0), UNEVEN, Wait(20 * MINUTES, 25.04 * MINUTES), id="calls of uneven length"),
        pytest.param(1, Verifiers(1, 0), EVEN[1:], Wait(6 * MINUTES, 9.024 * MINUTES), id="too few calls yet"),
    ],
)
def test_the_range(position: int, there: Verifiers, took: list[timedelta], told: Wait | None) -> None:
    assert wait(position, there, took) == told


@pytest.mark.parametrize("agents", [1, 3, 8])
def test_in_a_busy_branch_four_of_five_are_called_before_the_end_of_their_range(agents: int) -> None:
    """Lognormal calls of five minutes with a spread of three, nine tenths load, told when one joins."""
    chance, held, shared = Random(agents), [], []
    mu, sigma = log(300 / sqrt(1.36)), sqrt(log(1.36))
    free_at, took, now, calls = [0.0] * agents, [timedelta(seconds=300)] * ENOUGH, 0.0, []
    for _ in range(6000):
        now += chance.expovariate(0.9 * agents / 300)
        waiting = sum(begin > now for begin in calls)
        there = Verifiers(agents, sum(at <= now for at in free_at) if not waiting else 0)
        told = wait(waiting + 1, there, took[-30:])
        begin, lasted = max(now, free_at[0]), chance.lognormvariate(mu, sigma)
        heapreplace(free_at, begin + lasted)
        calls = [*(at for at in calls if at > now), begin]
        took.append(timedelta(seconds=lasted))
        assert told is not None
        if begin > now:
            held.append(begin - now <= told.most.total_seconds())
            shared.append(begin - now <= told.least.total_seconds())
    assert sum(held) / len(held) >= 0.8
    assert 0.5 <= sum(shared) / len(shared) < sum(held) / len(held)
