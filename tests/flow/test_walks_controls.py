"""The walks find what is wrong: each mistake here is found by a few of them. If one is not, the walks prove nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState
from sqlalchemy.orm import Session

from engine import outbox
from engine.bundles import load_folder, publish
from engine.cases import access, asking, inbox, submissions, waiting
from engine.cases.holding import Held
from engine.errors import Refused
from engine.interpreter import NotOpen, Run, compaction
from engine.interpreter.facts import Facts
from engine.store import Store
from engine.tables import Case, Job
from tests.flow.wander.ground import Ground
from tests.flow.wander.starts import STARTS
from tests.flow.wander.walking import Belated, walk_by_chance
from tests.house import CHANGE, ROOT, known
from tests.walk import Walk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _nothing(*given: object, **more: object) -> None:
    """Whatever should be done is not."""


def _no_steps(*given: object, **more: object) -> set[str]:
    return set()


def _in_a_second_transaction(store: Store, tx: Session, *given: Any) -> object:
    """The state is committed, then the inbox is written."""
    tx.flush()
    tx.commit()
    return PROJECT(store, tx, *given)


def _without_looking_at_its_row(store: Store, tx: Session, job_id: str) -> tuple[Held, Job]:
    held, job = HELD(store, tx, job_id)
    if job.ended_at is not None:
        job.status, job.ended_at = "due", None
    return held, job


def _the_same(version: int | None) -> int:
    return version or 1


def _whether_it_waits_or_not(run: Run, task_id: str, facts: Facts) -> None:
    with suppress(NotOpen):
        ANSWER(run, task_id, facts)


def _is_a_boundary_event_that_waits(task: Any) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and task.state == TaskState.WAITING


PROJECT, HELD, ANSWER = inbox.project, outbox._held, Run.answer


@dataclass(frozen=True)
class Mistake:
    """A function of the engine that does something else; walks from `start` say `found`."""

    start: str
    where: object
    name: str
    found: str
    does: Callable[..., object] = _nothing
    more: tuple[object, str, Callable[..., object]] | None = None


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
    "the inbox is written in a second transaction": Mistake(
        "review", inbox, "project", "the inbox has|the outbox awaits|timers are", _in_a_second_transaction
    ),
    "no version is compared": Mistake(
        "first page",
        Case.__mapper__,
        "version_id_generator",
        "should be refused .Conflict",
        lambda version: version or 1,
    ),
    "a result is not asked whether it counts": Mistake(
        "on its way to the account",
        outbox,
        "_held",
        "a late result has counted|the outbox awaits it still",
        _without_looking_at_its_row,
        more=(Run, "answer", _whether_it_waits_or_not),
    ),
    "compaction drops what waits": Mistake(
        "first page", compaction, "_is_done_under_split", "compaction has dropped", _is_a_boundary_event_that_waits
    ),
    "what is changed is not signed again": Mistake(
        "second review", asking, "repeated", "after it was signed", _no_steps
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_engine_is_found(store: Store, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    made = MISTAKES[mistake]
    ground = Ground(store, STARTS[made.start])
    ground.again()
    monkeypatch.setattr(made.where, made.name, made.does)
    if made.more is not None:
        monkeypatch.setattr(*made.more)
    with pytest.raises((AssertionError, Refused), match=made.found):
        walk_by_chance(ground, walks=150, shrink=False)


def test_a_late_result_that_counts_is_found_by_the_walks_that_count_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = MISTAKES["a result is not asked whether it counts"]
    ground = Ground(store, STARTS[made.start])
    ground.again()
    monkeypatch.setattr(made.where, made.name, made.does)
    monkeypatch.setattr(Run, "answer", _whether_it_waits_or_not)
    with pytest.raises(AssertionError, match=made.found):
        walk_by_chance(ground, walks=1, shrink=False, machine=Belated)


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
        walk_by_chance(Ground(store, begin), walks=150, shrink=False)
