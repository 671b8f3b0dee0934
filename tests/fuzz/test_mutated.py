"""Two thousand changed files: taken or refused, none a surprise to the reader, none beyond its bounds.

`python3 run.py hostile-files` reads ten thousand, or as many as it is told.
"""

from __future__ import annotations

import os
import signal

import pytest

from tests.fuzz.hostile.pieces import TAKEN
from tests.fuzz.judge import CODES
from tests.fuzz.mutations import mutated, seeds
from tests.fuzz.sweep import KILLED, sweep
from workers.photos import intake

pytestmark = pytest.mark.usefixtures("warm_worker")

SEED = 20_261_129
PART = 500


@pytest.mark.parametrize("part", range(4))
def test_mutated_files_are_taken_or_refused(part: int) -> None:
    swept = sweep(SEED, range(part * PART, (part + 1) * PART), every=20)
    assert swept.broken == []
    assert sum(swept.outcomes.values()) == PART
    assert set(swept.outcomes) <= {TAKEN, KILLED, *CODES}
    assert swept.outcomes[TAKEN] > 50  # else the changes are too coarse to come past the first check
    assert swept.whole > 3


def test_a_number_makes_the_same_file_each_time() -> None:
    assert mutated(1, 7) == mutated(1, 7) != mutated(2, 7)
    assert {mutated(1, number)[0] for number in range(200)} == set(seeds())


def test_a_readers_unknown_exception_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BROKEN", ())
    assert "wrong: " in " ".join(sweep(SEED, range(40), every=20).broken)


def test_a_file_that_kills_its_reader_is_looked_at_alone_and_the_rest_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, read = mutated(SEED, 5)[1], intake.read

    def reading(data: bytes) -> intake.Intake:
        if data == bad:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(data)

    monkeypatch.setattr(intake, "read", reading)
    swept = sweep(SEED, range(10), every=20)
    assert (swept.outcomes[KILLED], sum(swept.outcomes.values()), swept.broken) == (1, 10, [])
