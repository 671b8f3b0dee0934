"""A case on small diagrams is put on others: parallel branches, splits put in and taken out, events that had rung."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.interpreter import CannotMove, Run
from tests.unit.sheets import (
    END,
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
    start,
    timer,
    user,
)


def branches(*more: str, steps: tuple[str, ...] = ("a", "b", "c")) -> Sheet:
    """Two branches that meet, and round again."""
    return Sheet(
        process(
            "parallel", START, END, user(*steps), '<exclusiveGateway id="head"/>', gateway("out", "out__end"),
            '<parallelGateway id="fork"/><parallelGateway id="join"/>',
            flow("start", "head"), flow("head", "fork"), flow("fork", "a"), flow("fork", "b"), flow("a", "join"),
            flow("b", "join"), flow("join", "c"), flow("c", "out"), flow("out", "head", "again"), flow("out", "end"),
            *more,
        )
    )  # fmt: skip


RENAMED_ONLY = branches("<documentation>in other words</documentation>")
ONE_MORE = branches(flow("fork", "d"), flow("d", "join"), steps=("a", "b", "c", "d"))


def put(run: Run, before: Sheet, after: Sheet, homes: dict[str, str] | None = None, **time: int) -> Run:
    moment = NOW + timedelta(**time)
    source: Any = Run.restore(before, run.dump(), moment)  # type: ignore[arg-type]
    target: Any = after
    return Run.restore(target, source.placed(target, homes or {}, {}).dump(), moment)


def open_in(run: Run) -> dict[str, str]:
    return {step.step: step.id for step in run.steps}


@pytest.mark.parametrize("done", ["", "a", "b"])
def test_branches_that_are_drawn_alike_go_on_and_meet(done: str) -> None:
    before = branches()
    run = start(before)
    for step in done:
        do(run, step)
    moved = put(run, before, RENAMED_ONLY)
    assert open_in(moved) == open_in(run)
    for step in sorted(open_in(moved)):
        do(moved, step)
    assert [*open_in(moved)] == ["c"]


@pytest.mark.parametrize("done", ["", "a", "b"])
def test_branches_that_are_drawn_otherwise_have_no_place_before_they_met(done: str) -> None:
    before = branches()
    run = start(before)
    for step in done:
        do(run, step)
    with pytest.raises(CannotMove, match="drawn otherwise"):
        put(run, before, ONE_MORE)
    for step in sorted(open_in(run)):
        do(run, step)
    assert open_in(put(run, before, ONE_MORE)) == open_in(run)  # they have met: the control


PLAIN = Sheet(process("p", START, END, user("a"), flow("start", "a"), flow("a", "end")))
GUARDED = Sheet(
    process(
        "p", START, END, user("a"), boundary("soon", "a", timer("P1D"), interrupting=False),
        boundary("stop", "a", MESSAGE), '<endEvent id="rung"/><endEvent id="stopped"/>',
        flow("start", "a"), flow("a", "end"), flow("soon", "rung"), flow("stop", "stopped"),
    )
)  # fmt: skip


def test_an_activity_that_gets_boundary_events_waits_for_them_from_now_on() -> None:
    """The one that looked fine in the library's own migration, and died when the step was done."""
    run = start(PLAIN)
    moved = put(run, PLAIN, GUARDED, days=3)
    assert open_in(moved) == open_in(run) and moved.waits_for("stop")
    assert [due.due_at for due in moved.timers] == [NOW + timedelta(days=4)]
    moved = again(moved, GUARDED, NOW + timedelta(days=3))
    do(moved, "a")
    assert moved.finished and moved.end == "end"


def test_the_new_message_ends_it() -> None:
    moved = put(start(PLAIN), PLAIN, GUARDED)
    moved.send("stop", {})
    assert moved.finished and moved.end == "stopped"


def test_boundary_events_that_are_gone_are_named_and_let_go_by_a_word() -> None:
    run = start(GUARDED)
    named = Run.restore(GUARDED, run.dump(), NOW).homeless(PLAIN, {})  # type: ignore[arg-type]
    assert {(one.element, one.on) for one in named} == {("soon", "a"), ("stop", "a")}
    with pytest.raises(CannotMove):
        put(run, GUARDED, PLAIN)
    moved = put(run, GUARDED, PLAIN, {"soon": "", "stop": ""})
    assert open_in(moved) == open_in(run) and not moved.timers
    do(moved, "a")
    assert moved.finished


def test_an_event_that_has_rung_is_not_set_again_by_a_move() -> None:
    run = start(GUARDED)
    later = Run.restore(GUARDED, run.dump(), NOW + timedelta(days=1))  # type: ignore[arg-type]
    later.fire(later.timers[0].id)
    other = Sheet(GUARDED.text.split(">", 1)[1].rsplit("<message", 1)[0].replace('id="a"', 'id="a" name="A"'))
    assert not put(later, GUARDED, other, days=1).timers


def test_a_step_in_a_called_process_that_is_gone_is_entered_where_it_lies_now() -> None:
    inner = process("inner", '<startEvent id="begin"/><endEvent id="done"/>', user("a"),
                    flow("begin", "a"), flow("a", "done"))  # fmt: skip
    outer = process("p", START, END, '<callActivity id="call" calledElement="inner"/>', user("b"),
                    flow("start", "call"), flow("call", "b"), flow("b", "end"))  # fmt: skip
    flat = Sheet(process("p", START, END, user("a", "b"), flow("start", "a"), flow("a", "b"), flow("b", "end")))
    nested = Sheet(outer, inner)
    for before, after in ((nested, flat), (flat, nested)):
        run = start(before)
        moved = put(run, before, after)
        assert open_in(moved) == open_in(run)
        do(moved, "a")
        do(moved, "b")
        assert moved.finished


def test_a_timer_whose_text_changed_counts_anew_and_one_whose_text_stays_does_not() -> None:
    longer = Sheet(GUARDED.text.split(">", 1)[1].rsplit("<message", 1)[0].replace("P1D", "P2D"))
    same = Sheet(GUARDED.text.split(">", 1)[1].rsplit("<message", 1)[0].replace('id="a"', 'id="a" name="A"'))
    run = start(GUARDED)
    assert [due.due_at for due in put(run, GUARDED, longer, hours=5).timers] == [NOW + timedelta(days=2, hours=5)]
    assert [due.due_at for due in put(run, GUARDED, same, hours=5).timers] == [NOW + timedelta(days=1)]
