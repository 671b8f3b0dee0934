"""What an open task will lead to is not stored: it is foreseen again when the task goes on."""

from __future__ import annotations

import json

import pytest
from SpiffWorkflow.util.task import TaskState

from engine.interpreter import Run
from engine.interpreter.restored import RestoredTask
from tests.unit.sheets import END, START, Sheet, again, boundary, do, flow, process, start, timer, user

LINE = Sheet(
    process(
        "line", START, END, user("a", "b"), flow("start", "a"), flow("a", "b"), flow("b", "end"),
        boundary("late", "a", timer("P1D")), flow("late", "b"),
    )
)  # fmt: skip
REACHED = TaskState.COMPLETED | TaskState.READY | TaskState.WAITING | TaskState.STARTED


def stored(run: Run) -> set[tuple[str, int]]:
    tasks = json.loads(run.dump())["run"]["tasks"]
    return {(task["task_spec"], task["state"]) for task in tasks.values()}


def test_a_state_holds_what_was_reached_and_no_more() -> None:
    run = start(LINE)
    assert any(not task.has_state(REACHED) for task in run._workflow.tasks.values())
    assert {name for name, state in stored(run) if state & REACHED} == {name for name, _ in stored(run)}
    assert {name for name, _ in stored(run)} == {"Start", "a.BoundaryEventSplit", "a", "late"}


def test_what_goes_without_saying_is_not_stored() -> None:
    run = json.loads(start(LINE).dump())["run"]
    step = next(task for task in run["tasks"].values() if task["task_spec"] == "a")
    assert step == {"state": TaskState.READY, "task_spec": "a"}
    assert set(run) == {"tasks", "last_task"}


def test_two_restored_cases_share_nothing_that_was_filled_in() -> None:
    """SpiffWorkflow keeps some of what it is given, and writes into it."""
    one, other = (again(start(LINE), LINE)._workflow for _ in range(2))
    assert one.correlations is not other.correlations
    for mine, theirs in zip(one.tasks.values(), other.tasks.values(), strict=True):
        assert all(getattr(mine, name) is not getattr(theirs, name) for name in ("data", "internal_data", "_children"))


def test_a_restored_step_leads_on() -> None:
    run = again(start(LINE), LINE)
    do(run, "a")
    run = again(run, LINE)
    do(run, "b")
    assert run.finished and run.end == "end"


def test_a_process_goes_on_after_it_was_stored() -> None:
    """Several steps back are taken in one write unit: stored after each, restored after none."""
    run = start(LINE)
    for step in ("a", "b"):
        run.dump()
        do(run, step)
    assert run.finished and run.end == "end"


def test_a_restored_step_that_does_not_foresee_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(RestoredTask, "_foresee", lambda _: None)
    run = again(start(LINE), LINE)
    do(run, "a")
    assert run.steps == [] and run.end is None
