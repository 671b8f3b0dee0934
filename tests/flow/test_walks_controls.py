"""The walks find what is wrong: each mistake here is found by a few of them. If one is not, the walks prove nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.bundles import load_folder, publish
from engine.cases import access, inbox, submissions, waiting
from engine.errors import Refused
from engine.store import Store
from tests.flow.wander.ground import Ground
from tests.flow.wander.starts import STARTS
from tests.flow.wander.walking import walk_by_chance
from tests.house import CHANGE, ROOT, known
from tests.walk import Walk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WRONG = (AssertionError, Refused)

Mistake = Callable[..., object]


def _nothing(*given: object) -> None:
    """Whatever should be done is not."""


MISTAKES: dict[str, tuple[str, list[tuple[object, str, Mistake]]]] = {
    "a task is not written into the inbox": ("first page", [(inbox, "_open_tasks", _nothing)]),
    "a task stays in the inbox": ("review", [(inbox, "_close_tasks", _nothing)]),
    "a job outlives its task": ("on its way to the account", [(inbox, "_discard_jobs", _nothing)]),
    "timers are not kept": ("first page", [(inbox, "sync_timers", _nothing)]),
    "a place in line stays": ("two in line", [(waiting, "leave", _nothing)]),
    "a form counts twice": ("first page", [(submissions, "replayed", _nothing)]),
    "four eyes are forgotten": ("review after a video", [(access, "forbidden_by", _nothing)]),
    "a claim is not asked for": ("review", [(access, "check_claim", _nothing)]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_engine_is_found(store: Store, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    start, places = MISTAKES[mistake]
    ground = Ground(store, STARTS[start])
    ground.again()
    for where, name, wrong in places:
        monkeypatch.setattr(where, name, wrong)
    with pytest.raises(WRONG):
        walk_by_chance(ground, walks=60, shrink=False)


def test_a_diagram_that_nobody_gets_out_of_is_found(store: Store, tmp_path: Path) -> None:
    """Cards whose photographs are good are asked for again, for ever."""
    for room in ("processes", "forms"):
        shutil.copytree(ROOT / room, tmp_path / room)
    drawing = tmp_path / "processes" / CHANGE / "handling.bpmn"
    text, gate = drawing.read_text("utf-8"), '>cards.verdict = "retake"<'
    assert text.count(gate) == 1
    drawing.write_text(text.replace(gate, gate.replace("retake", "ok")), "utf-8")

    def begin(store: Store) -> list[Walk]:
        with store.write() as tx:
            publish(tx, load_folder(tmp_path, CHANGE, known()), "mutant", "test", store.clock.now())
        return STARTS["first page"](store)

    with pytest.raises(AssertionError, match="led to no end"):
        walk_by_chance(Ground(store, begin), walks=60, shrink=False)
