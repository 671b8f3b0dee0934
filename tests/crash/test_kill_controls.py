"""The judge of the kill test can see a loss and a double effect: work done wrongly, killed where it hurts, is found."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import outbox
from engine.store import Store
from tests.crash.acks import Acks
from tests.crash.judge import verdict
from tests.house import ROOT, HandClock
from tests.walk import Walk

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("how", "seen"),
    [
        pytest.param("answer_first", "was accepted and is lost", id="the answer before the commit"),
        pytest.param("commit_then_enqueue", "was never done", id="no outbox"),
        pytest.param("without_fence", "took effect 2 times", id="a result without a fence"),
        pytest.param("with_outbox", None, id="the outbox, killed in the same place"),
    ],
)
def test_the_judge_sees_what_was_lost_or_done_twice(
    how: str, seen: str | None, store: Store, clock: HandClock, walk: Callable[..., Walk], tmp_path: Path
) -> None:
    case = walk()
    run(how, tmp_path, store, case.id)
    bring_to_rest(store, clock)
    found = verdict(store, Acks(tmp_path / "acks").read())
    if seen is None:
        assert found == []
    else:
        assert [sentence for sentence in found if seen in sentence], found


def run(how: str, folder: Path, store: Store, case_id: str) -> None:
    url = store.db.url.render_as_string(hide_password=False)
    words = [sys.executable, "-m", "tests.crash.naive", how, str(folder), url, "zhang", case_id]
    subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)


def bring_to_rest(store: Store, clock: HandClock) -> None:
    """A relay and a worker that come later: what is due is done."""
    for _ in range(5):
        clock.pass_by(minutes=10)
        for job in outbox.due(store):
            facts = dict.fromkeys(store.services[job.service].results, "ok")
            outbox.finish(store, job.job_id, job.attempt, facts)
