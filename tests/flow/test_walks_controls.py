"""The walks find what is wrong: each mistake here is found by a few of them. If one is not, the walks prove nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.bundles import load_folder, publish
from engine.cases import access, asking, inbox, submissions, waiting
from engine.errors import Refused
from engine.store import Store
from tests.flow.wander.ground import Ground
from tests.flow.wander.starts import STARTS
from tests.flow.wander.walking import walk_by_chance
from tests.house import CHANGE, ROOT, known
from tests.walk import Walk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _nothing(*given: object, **more: object) -> None:
    """Whatever should be done is not."""


def _no_steps(*given: object, **more: object) -> set[str]:
    return set()


@dataclass(frozen=True)
class Mistake:
    """A function of the engine that does something else; walks from `start` say `found`."""

    start: str
    where: object
    name: str
    found: str
    does: Callable[..., object] = _nothing


MISTAKES = {
    "a task is not written into the inbox": Mistake(
        "first page", inbox, "_open_tasks", "nobody is asked|the inbox has"
    ),
    "a task stays in the inbox": Mistake("review", inbox, "_close_tasks", "the inbox has"),
    "a job outlives its task": Mistake(
        "on its way to the account", inbox, "_discard_jobs", "the outbox awaits|does not count"
    ),
    "timers are not kept": Mistake("first page", inbox, "sync_timers", "timers are"),
    "a place in line stays": Mistake("two in line", waiting, "leave", "places in the line lead nowhere"),
    "a form counts twice": Mistake("first page", submissions, "replayed", "task closed: submit"),
    "four eyes are forgotten": Mistake(
        "review after a video", access, "forbidden_by", "NotYours|may not do|live claim"
    ),
    "a claim is not asked for": Mistake("review", access, "check_claim", "refused .(NotClaimed|Claimed)"),
    "what is changed is not signed again": Mistake("review", asking, "repeated", "after it was signed", _no_steps),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_engine_is_found(store: Store, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    made = MISTAKES[mistake]
    ground = Ground(store, STARTS[made.start])
    ground.again()
    monkeypatch.setattr(made.where, made.name, made.does)
    with pytest.raises((AssertionError, Refused), match=made.found):
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
