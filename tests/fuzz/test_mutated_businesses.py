"""Two thousand changed businesses: refused in words or loaded within a second, and nothing is run, opened or reached.

`python3 run.py hostile-businesses` reads twenty thousand, of the drawn businesses too.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import business_sweep
from tests.fuzz.business_mutations import mutated
from tests.fuzz.business_sweep import LOADED, REFUSED, Business, sweep
from tests.fuzz.small_business import small
from tests.house import SUPPLEMENT, drawn, known

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="ends what never ends by a signal")

SEED = 20_261_130
PART = 475
TEA = small()


@pytest.mark.parametrize("part", range(4))
def test_changed_businesses_are_refused_or_loaded(part: int) -> None:
    swept = sweep(TEA, SEED, range(part * PART, (part + 1) * PART))
    assert swept.broken == []
    assert set(swept.outcomes) == {REFUSED, LOADED}
    assert swept.outcomes[LOADED] > 25  # else the changes are too coarse to come past the first check


def test_a_drawn_business_too() -> None:
    swept = sweep(Business(SUPPLEMENT, drawn(SUPPLEMENT).files, known()), SEED, range(100))
    assert swept.broken == []


def test_a_number_makes_the_same_file_each_time() -> None:
    assert mutated(TEA.files, 1, 7) == mutated(TEA.files, 1, 7) != mutated(TEA.files, 2, 7)


HOSTILE = {
    "opens a file": lambda: Path(os.devnull).read_bytes(),
    "runs code": lambda: eval("1"),
    "starts a program": lambda: subprocess.run([sys.executable, "-c", ""], check=False),
    "reaches the network": lambda: socket.socket().close(),
    "raises": lambda: {}["x"],
}


@pytest.mark.parametrize("deed", HOSTILE)
def test_a_loader_that_did_something_else_would_be_seen(deed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same sweep over a loader that does one thing too many."""

    def loading(*_: object) -> None:
        HOSTILE[deed]()

    sound = business_sweep.load_files
    calls = iter([sound, sound])  # the sound business is read as it is
    monkeypatch.setattr(business_sweep, "load_files", lambda *files: next(calls, loading)(*files))
    assert business_sweep.sweep(TEA, SEED, range(1)).broken != []


def test_a_loader_that_never_ends_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*_: object) -> str:
        while True:
            pass

    monkeypatch.setattr(business_sweep, "STALLS", 1)
    looks = iter([business_sweep.look])
    monkeypatch.setattr(business_sweep, "look", lambda *given: next(looks, forever)(*given))
    assert "TimeoutError" in " ".join(business_sweep.sweep(TEA, SEED, range(1)).broken)
