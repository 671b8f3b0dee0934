"""The interpreter on small diagrams: compaction, timers, errors and messages, the budget, the closed script engine."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.clock import SHANGHAI
from engine.diagrams.engine import FeelScriptEngine
from engine.interpreter import NotOpen, NotWaiting, Run, Runaway
from engine.spans import after
from tests.unit.sheets import (
    END,
    ERROR,
    MESSAGE,
    NOW,
    START,
    Sheet,
    again,
    boundary,
    do,
    flow,
    gateway,
    process,
    service,
    start,
    timer,
    user,
)

LOOP = Sheet(
    process(
        "loop", START, END, user("a", "b"), '<exclusiveGateway id="head"/>', gateway("out", "out__end"),
        flow("start", "head"), flow("head", "a"), flow("a", "b"), flow("b", "out"), flow("out", "head", "again"),
        flow("out", "end"), boundary("late", "a", timer("P1D")), flow("late", "b"),
    )
)  # fmt: skip


def test_a_restored_process_has_the_closed_script_engine_and_no_other() -> None:
    run = again(start(LOOP), LOOP)
    engine = run._workflow.script_engine
    assert type(engine) is FeelScriptEngine
    assert type(engine.environment).__name__ == "FeelEnvironment"


def test_a_state_without_specs_belongs_to_its_process_files_alone() -> None:
    text = start(LOOP).dump()
    assert "sequenceFlow" not in text and '"spec":' not in text
    other = Sheet(LOOP.text.partition(">")[2].replace("</definitions>", ""))
    with pytest.raises(ValueError, match="other process files"):
        Run.restore(other, text, NOW)  # type: ignore[arg-type]


def test_five_hundred_loops_leave_no_trace() -> None:
    run = start(LOOP)
    sizes = []
    for _ in range(500):
        do(run, "a")
        run = again(run, LOOP)
        do(run, "b", again=True)
        sizes.append(len(run.dump()))
        run = again(run, LOOP)
    assert max(sizes) <= min(sizes) * 1.1
    do(run, "a")
    do(run, "b", again=False)
    assert run.finished and run.end == "end"


def test_finished_is_not_said_while_anything_is_open() -> None:
    run = start(LOOP)
    assert not run.finished and run.end is None


def test_the_way_names_each_flow_once_and_no_boundary_event_as_a_target() -> None:
    run = start(LOOP)
    do(run, "a")
    assert [(flow.source, flow.target) for flow in run.flows] == [("start", "head"), ("head", "a"), ("a", "b")]
    run = again(start(LOOP), LOOP, NOW + timedelta(days=2))
    run.fire(run.timers[0].id)
    assert [(flow.source, flow.target) for flow in run.flows] == [("late", "b")]


PARALLEL = Sheet(
    process(
        "parallel", START, END, user("a", "b", "c"), '<exclusiveGateway id="head"/>', gateway("out", "out__end"),
        '<parallelGateway id="fork"/><parallelGateway id="join"/>',
        flow("start", "head"), flow("head", "fork"), flow("fork", "a"), flow("fork", "b"), flow("a", "join"),
        flow("b", "join"), flow("join", "c"), flow("c", "out"), flow("out", "head", "again"), flow("out", "end"),
    )
)  # fmt: skip


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_parallel_join_waits_for_both_in_every_round(order: str) -> None:
    """Without compaction SpiffWorkflow joins too early from the second round on."""
    run = start(PARALLEL)
    for _ in range(5):
        for step in order:
            assert {each.step for each in run.steps} >= {step} and "c" not in {each.step for each in run.steps}
            do(run, step)
            run = again(run, PARALLEL)
        assert [each.step for each in run.steps] == ["c"]
        do(run, "c", again=True)
        run = again(run, PARALLEL)
    for step in order:
        do(run, step)
    do(run, "c", again=False)
    assert run.finished


SHELL = Sheet(
    process(
        "shell", START, '<callActivity id="call" calledElement="inner"/>',
        boundary("stop", "call", MESSAGE), boundary("limit", "call", timer("settings.idle_limit")),
        boundary("warning", "call", timer("settings.idle_warning"), interrupting=False), service("remind"),
        *(f'<endEvent id="{each}"/>' for each in ("end", "stopped", "expired", "reminded")),
        flow("start", "call"), flow("call", "end"), flow("stop", "stopped"), flow("limit", "expired"),
        flow("warning", "remind"), flow("remind", "reminded"),
    ),
    process(
        "inner", '<startEvent id="begin"/><endEvent id="done"/>', user("a"), service("check"), service("check_again"),
        boundary("gave_up", "check", ERROR), flow("begin", "a"), flow("a", "check"), flow("check", "check_again"),
        flow("check_again", "done"), flow("gave_up", "a_again"), user("a_again"), flow("a_again", "done"),
    ),
)  # fmt: skip
IDLE = {"settings__idle_limit": "P30D", "settings__idle_warning": "P23D"}


def test_timers_are_due_by_the_passed_clock_alone() -> None:
    run = start(SHELL, **IDLE)
    assert {due.element: due.due_at - NOW for due in run.timers} == {
        "limit": timedelta(days=30),
        "warning": timedelta(days=23),
    }
    assert all(due.idle for due in run.timers)
    past = again(run, SHELL, NOW + timedelta(days=400))
    do(past, "a")
    assert [job.element for job in past.jobs] == ["check"], "a due timer waits for the sweep"


def test_a_timer_that_is_not_due_does_not_fire_when_told_to() -> None:
    run = start(SHELL, **IDLE)
    run.fire(run.timers[0].id)
    assert run.end is None and len(run.timers) == 2


def test_a_reminder_and_its_job_leave_the_main_road_as_it_is() -> None:
    run = again(start(SHELL, **IDLE), SHELL, NOW + timedelta(days=23))
    run.fire(next(due.id for due in run.timers if due.element == "warning"))
    run = again(run, SHELL)
    assert ([each.step for each in run.steps], [job.element for job in run.jobs]) == (["a"], ["remind"])
    later = NOW + timedelta(days=25)
    run.restart_idle(later)
    dues = {due.element: due.due_at for due in again(run, SHELL).timers}
    assert dues == {"limit": later + timedelta(days=30), "warning": later + timedelta(days=23)}
    run.answer(run.jobs[0].id, {})
    run = again(run, SHELL)
    assert [each.step for each in run.steps] == ["a"] and run.end is None


def test_an_end_is_reached_although_a_reminder_is_on_its_way() -> None:
    run = again(start(SHELL, **IDLE), SHELL, NOW + timedelta(days=23))
    run.fire(next(due.id for due in run.timers if due.element == "warning"))
    run.send("stop", {})
    assert (run.finished, run.end, run.jobs) == (True, "stopped", [])


def test_an_interrupting_event_takes_the_inner_facts_along() -> None:
    run = start(SHELL, **IDLE)
    do(run, "a", verdict="seen")
    run = again(run, SHELL)
    run.send("stop", {"until": "now"})
    assert run.facts["verdict"] == "seen" and run.facts["until"] == "now"
    assert (run.finished, run.end) == (True, "stopped")


def test_a_finished_process_tells_what_it_came_to_and_not_what_it_was_asked() -> None:
    own = {"todo.a": True, "again.a": False, "back": False}
    run = start(SHELL, **IDLE, **own)
    do(run, "a", verdict="seen")
    assert {"todo", "again", "back"} <= again(run, SHELL).facts.keys(), "control: until its end it knows"
    run.send("stop", {})
    over = again(run, SHELL)
    assert not {"todo", "again", "back"} & over.facts.keys() and over.facts["verdict"] == "seen"
    assert "todo" not in over.dump() and over.end == "stopped"


def test_an_error_goes_to_the_task_that_gave_up_and_to_no_other() -> None:
    run = start(SHELL, **IDLE)
    do(run, "a")
    assert run.fail(run.jobs[0].id, "exhausted") is True
    assert [each.step for each in again(run, SHELL).steps] == ["a_again"]


def test_an_error_without_a_taker_is_nobodys() -> None:
    run = start(SHELL, **IDLE)
    do(run, "a")
    run.answer(run.jobs[0].id, {})
    assert run.fail(run.jobs[0].id, "exhausted") is False
    assert [job.element for job in run.jobs] == ["check_again"]


def test_what_is_not_open_is_not_done() -> None:
    run = start(SHELL, **IDLE)
    mine = run.steps[0].id
    do(run, "a")
    for wrong in (mine, "00000000-0000-0000-0000-000000000001"):
        with pytest.raises(NotOpen):
            run.complete(wrong, {})
        with pytest.raises(NotOpen):
            again(run, SHELL).answer(wrong, {})
    with pytest.raises(NotOpen):
        run.complete(run.jobs[0].id, {})
    run.send("stop", {})
    with pytest.raises(NotWaiting):
        run.send("stop", {})
    assert not run.waits_for("stop")


EVENTS = Sheet(
    process(
        "events", START, '<eventBasedGateway id="either"/>',
        f'<intermediateCatchEvent id="told">{MESSAGE}</intermediateCatchEvent>',
        f'<intermediateCatchEvent id="short">{timer("PT1H")}</intermediateCatchEvent>',
        f'<intermediateCatchEvent id="dated">{timer("until", "timeDate")}</intermediateCatchEvent>',
        '<endEvent id="by_message"/><endEvent id="by_hour"/><endEvent id="by_date"/>',
        flow("start", "either"), flow("either", "told"), flow("either", "short"), flow("either", "dated"),
        flow("told", "by_message"), flow("short", "by_hour"), flow("dated", "by_date"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("until", "wait", "end"),
    [
        pytest.param("2026-11-23T10:00:00+08:00", timedelta(minutes=10), "by_date", id="the date comes first"),
        pytest.param("2026-11-24", timedelta(hours=2), "by_hour", id="the hour comes first"),
        pytest.param("2026-11-23T10:00:00+08:00", timedelta(days=3), "by_date", id="the date came first, both are due"),
        pytest.param("2026-11-24", timedelta(days=3), "by_hour", id="the hour came first, both are due"),
    ],
)
def test_an_event_gateway_with_two_timers_takes_the_one_that_is_due(until: str, wait: timedelta, end: str) -> None:
    """SpiffWorkflow's own timers share one due time there, and when both are due it would take both roads."""
    run = start(EVENTS, until=until)
    run = again(run, EVENTS, NOW + wait)
    run.fire(run.timers[0].id)
    assert (run.finished, run.end) == (True, end)


def test_a_message_wins_over_a_timer_that_nobody_swept() -> None:
    run = again(start(EVENTS, until="2026-11-24"), EVENTS, NOW + timedelta(days=9))
    run.send("stop", {})
    assert (run.finished, run.end) == (True, "by_message")


def test_a_process_that_never_waits_is_stopped_by_the_budget() -> None:
    endless = Sheet(
        process(
            "endless", START, END, '<exclusiveGateway id="head"/>', gateway("out", "out__head"),
            flow("start", "head"), flow("head", "out"), flow("out", "end", "again"), flow("out", "head"),
        )
    )  # fmt: skip
    with pytest.raises((Runaway, RecursionError)):
        start(endless)


def test_a_months_missing_day_becomes_its_last() -> None:
    assert after(datetime(2026, 1, 31, 9, tzinfo=SHANGHAI), "P1M") == datetime(2026, 2, 28, 9, tzinfo=SHANGHAI)
    with pytest.raises(ValueError, match="no duration"):
        after(NOW, "soon")


def test_the_order_of_the_stored_text_matters_and_is_kept() -> None:
    """Parents before children: a child is stored as what differs from its parent."""
    run = start(SHELL, **IDLE)
    do(run, "a", verdict="seen")
    for tree in _trees(json.loads(run.dump())["run"]):
        come = {next(iter(tree["tasks"]))}
        for key, task in tree["tasks"].items():
            assert key in come
            come.update(task.get("children", ()))


def _trees(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [state, *state.get("subprocesses", {}).values()]
