"""The product killed at each of its named points and from outside: nothing accepted is lost, nothing comes twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.crash.kills import cluster
from tests.house import ROOT

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]

SECONDS = 240
RUNS = 4
WRONG = {
    "the answer before the commit": "was accepted and is lost",
    "no outbox": "was never done",
    "an effect in a transaction of its own": "has [2-9] effects",
    "a timer that is marked before it acts": "rested 1 times and 0 timers fired",
    "a text that is marked as sent before it is": "is marked as sent and no gateway has it",
}
"""A design, and what the judge says of it."""


def test_a_kill_at_each_point_loses_nothing_and_doubles_nothing(empty_database: str, tmp_path: Path) -> None:
    """Half of the points on each database: which half is no matter, and the long form does all on both."""
    half = "0" if empty_database.startswith("sqlite") else "1"
    its_own = half == "1" and cluster.binaries()  # a server that may be killed too
    told = kills(tmp_path, *(("--server",) if its_own else ("--database", empty_database)), "--half", half)
    assert not its_own or any(how.startswith("database") for how in told["outer_by"])
    print({name: told[name] for name in told if name != "points"})
    assert told["wrong"] == []
    assert told["reached"] and told["rested"]
    assert told["hits"] >= 1 and len(told["points"]) >= 18


def test_five_wrong_designs_are_found(tmp_path: Path) -> None:
    """When a kill falls is chance: what one run was spared, another shows. A right design is never told of."""
    missing = dict(WRONG)
    for run in range(RUNS):
        told = kills(tmp_path / str(run), "--wrong")
        assert told["reached"], told
        found = "\n".join(told["wrong"])
        missing = {design: sentence for design, sentence in missing.items() if not re.search(sentence, found)}
        if not missing:
            break
    assert not missing


@pytest.mark.skipif(cluster.binaries() is None, reason="no PostgreSQL on this machine")
def test_a_database_server_that_says_committed_too_early_is_found(tmp_path: Path) -> None:
    """The control of the killed server. What it loses is chance too."""
    assert any("is lost" in "".join(kills(tmp_path / str(run), "--lax")["wrong"]) for run in range(RUNS))


def kills(folder: Path, *words: str) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.crash.kills", str(folder / "data"), "--seconds", str(SECONDS), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        ran = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=2 * SECONDS)
    finally:
        cluster.tidy(folder / "data")
    return dict(json.loads(ran.stdout))
