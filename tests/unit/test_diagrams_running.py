"""What the allow-list lets in does run: each element in a diagram as small as can be."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
    start,
    timer,
    user,
)

FAILED = process(
    "inner", START, user("a"), f'<endEvent id="broken">{ERROR}</endEvent>', flow("start", "a"), flow("a", "broken")
)
CALLER = process(
    "outer", START, END, '<callActivity id="call" calledElement="inner"/><endEvent id="caught"/>',
    flow("start", "call"), flow("call", "end"), boundary("error", "call", ERROR), flow("error", "caught"),
)  # fmt: skip


def test_an_error_end_of_a_called_process_reaches_the_boundary_event_of_its_caller() -> None:
    run = start(Sheet(CALLER, FAILED))
    do(run, "a")
    assert (run.finished, run.end) == (True, "caught")


TERMINATED = Sheet(
    process(
        "p", START, END, user("a", "b"), '<parallelGateway id="both"/>',
        '<endEvent id="over"><terminateEventDefinition/></endEvent>',
        flow("start", "both"), flow("both", "a"), flow("both", "b"), flow("a", "over"), flow("b", "end"),
    )
)  # fmt: skip


def test_a_terminating_end_ends_the_branches_beside_it() -> None:
    run = start(TERMINATED)
    assert {each.step for each in run.steps} == {"a", "b"}
    do(run, "a")
    assert (run.finished, run.steps) == (True, [])


def test_a_plain_end_waits_for_the_branches_beside_it() -> None:
    """The control: the same diagram left by its other door."""
    run = start(TERMINATED)
    do(run, "b")
    assert not run.finished
    assert [each.step for each in run.steps] == ["a"]


INSIDE = '<startEvent id="begin"/><endEvent id="done"/>'
EMBEDDED = Sheet(
    process(
        "p", START, END, user("after"), '<endEvent id="left"/>',
        f'<subProcess id="part">{INSIDE}{user("a")}{flow("begin", "a")}{flow("a", "done")}</subProcess>',
        flow("start", "part"), flow("part", "after"), flow("after", "end"),
        boundary("stop", "part", MESSAGE), flow("stop", "left"),
    )
)  # fmt: skip


def test_an_embedded_sub_process_is_walked_through() -> None:
    run = start(EMBEDDED)
    do(run, "a")
    run = again(run, EMBEDDED)
    do(run, "after")
    assert (run.finished, run.end) == (True, "end")


def test_a_message_interrupts_an_embedded_sub_process() -> None:
    run = again(start(EMBEDDED), EMBEDDED)
    run.send("stop", {})
    assert (run.finished, run.end) == (True, "left")


WAITING = Sheet(
    process(
        "p", START, END, '<intermediateThrowEvent id="passed"/>',
        f'<intermediateCatchEvent id="wait">{timer("PT2H")}</intermediateCatchEvent>',
        f'<intermediateCatchEvent id="told">{MESSAGE}</intermediateCatchEvent>',
        flow("start", "passed"), flow("passed", "wait"), flow("wait", "told"), flow("told", "end"),
    )
)  # fmt: skip


def test_a_case_waits_at_a_timer_and_at_a_message_and_passes_a_plain_event() -> None:
    run = start(WAITING)
    assert not run.waits_for("stop")
    run = again(run, WAITING, NOW + timedelta(hours=2))
    run.fire(run.timers[0].id)
    assert run.waits_for("stop")
    run.send("stop", {})
    assert run.finished


@pytest.mark.parametrize("kind", ["timeDuration", "timeDate"])
def test_a_boundary_timer_takes_its_step_away(kind: str) -> None:
    text = {"timeDuration": "P1D", "timeDate": "2026-11-24T09:54:00+08:00"}[kind]
    sheet = Sheet(
        process(
            "p", START, END, user("a"), '<endEvent id="late"/>', flow("start", "a"), flow("a", "end"),
            boundary("time", "a", timer(text, kind)), flow("time", "late"),
        )
    )  # fmt: skip
    run = again(start(sheet), sheet, NOW + timedelta(days=1))
    run.fire(run.timers[0].id)
    assert (run.finished, run.end) == (True, "late")


def apart(split: str, meet: str, *more: str) -> Sheet:
    """Two steps between two gateways, and one step after them."""
    return Sheet(
        process(
            "p", START, END, user("a", "b", "after"), split, meet, flow("start", "split"), flow("split", "a"),
            flow("a", "meet"), flow("b", "meet"), flow("meet", "after"), flow("after", "end"), *more,
        )
    )  # fmt: skip


PARALLEL = ('<parallelGateway id="split"/>', '<parallelGateway id="meet"/>')
EITHER = (gateway("split", "split__a"), '<exclusiveGateway id="meet"/>')


def test_a_join_that_waits_for_a_branch_nobody_took_stops_the_case_which_is_why_lint_refuses_it() -> None:
    run = start(apart(EITHER[0], PARALLEL[1], flow("split", "b", 'verdict = "b"')), verdict="a")
    do(run, "a")
    assert (run.steps, run.finished) == ([], False)


def test_branches_that_merge_without_a_join_are_done_twice_which_is_why_lint_refuses_them() -> None:
    run = start(apart(PARALLEL[0], EITHER[1], flow("split", "b")))
    do(run, "a")
    do(run, "b")
    assert [each.step for each in run.steps] == ["after", "after"]


def test_branches_that_come_together_as_they_were_split_go_on_once() -> None:
    """The control."""
    run = start(apart(*PARALLEL, flow("split", "b")))
    do(run, "a")
    do(run, "b")
    assert [each.step for each in run.steps] == ["after"]
