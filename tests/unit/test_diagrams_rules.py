"""Rules for diagrams where it takes more than one change to show them; `test_every_fault` has the others."""

from __future__ import annotations

import re
from time import process_time

from tests.unit.faults_drawn import split
from tests.unit.tea import (
    CHECK,
    HANDLING,
    PROCESS,
    changed,
    diagram,
    findings,
    flow,
    rules,
    tea,
    timer,
)


def test_one_timer_on_an_event_gateway_is_allowed() -> None:
    catch = f'<intermediateCatchEvent id="a">{timer("P1D")}</intermediateCatchEvent>'
    body = '<eventBasedGateway id="either"/>' + catch + flow("either", "a") + flow("a", "done")
    assert rules(changed(PROCESS, flow("handling", "done"), flow("handling", "either") + body)) == set()


def test_more_than_250_elements_are_refused() -> None:
    def chain(length: int) -> bytes:
        nodes = [f'<intermediateThrowEvent id="n{number}"/>' for number in range(length)]
        flows = [flow(f"n{number}", f"n{number + 1}") for number in range(length - 1)]
        ends = '<startEvent id="s"/><endEvent id="e"/>' + flow("s", "n0") + flow(f"n{length - 1}", "e")
        return diagram(f'<process id="long" isExecutable="true">{"".join(nodes + flows)}{ends}</process>').encode()

    assert rules({**tea(), "processes/shared/long.bpmn": chain(249)}) == {"bpmn.count"}
    assert rules({**tea(), "processes/shared/long.bpmn": chain(248)}) == set()


def test_one_flow_that_is_missing_is_told_where_it_is_missing_and_not_of_all_that_follows() -> None:
    found = findings(changed(HANDLING, flow("start", "head"), ""))
    assert [(one.rule, one.element) for one in found] == [("flow.dead_end", "start"), ("flow.unreachable", "head")]


def test_a_loop_that_nothing_leads_into_is_told_once() -> None:
    ring = '<intermediateThrowEvent id="a"/><serviceTask id="b"/>' + flow("a", "b") + flow("b", "a")
    found = [
        one for one in findings(changed(CHECK, "</process>", ring + "</process>")) if one.rule == "flow.unreachable"
    ]
    assert [one.element for one in found] == ["a"]


def test_a_diagram_of_250_elements_in_a_row_can_be_built() -> None:
    nodes = "".join(f'<intermediateThrowEvent id="n{number}"/>' for number in range(230))
    flows = "".join(flow(f"n{number}", f"n{number + 1}") for number in range(229))
    long = flow("start", "n0") + nodes + flows + flow("n229", "handling")
    assert findings(changed(PROCESS, flow("start", "handling"), long)) == []


def test_a_shared_diagram_that_the_business_does_not_call_is_not_linted() -> None:
    assert findings(changed(CHECK, flow("unused_start", "unused_end"), "")) == []


def test_a_call_that_can_be_passed_without_waiting_does_not_make_a_loop_wait() -> None:
    skipping = changed(
        HANDLING,
        flow("check", "sign_open"),
        flow("check", "again_")
        + '<exclusiveGateway id="again_" default="d"/>'
        + flow("again_", "head", "leaf.verdict = null")
        + flow("again_", "sign_open").replace('id="again___sign_open"', 'id="d"'),
    )
    assert "loop.no_wait" in rules(skipping)
    waiting = changed(
        CHECK,
        flow("check_open", "end"),
        flow("check_open", "check_leaf").replace('id="check_open__check_leaf"', 'id="check_open__end"'),
        skipping,
    )
    assert "loop.no_wait" not in rules(waiting)


def test_branches_that_come_together_as_they_were_split_are_allowed() -> None:
    whole = split("parallelGateway", "", "parallelGateway", flow("split", "b"))
    assert rules(changed(PROCESS, flow("handling", "done"), whole)) == set()
    either = split(
        "exclusiveGateway", ' default="split__a"', "exclusiveGateway", flow("split", "b", "leaf.verdict = null")
    )
    assert rules(changed(PROCESS, flow("handling", "done"), either)) == set()


def test_a_reminder_that_merges_into_the_way_it_reminds_of_is_found() -> None:
    """The branch of a non-interrupting event ends in an end event of its own."""
    files = changed(PROCESS, flow("send_warning", "warned"), flow("send_warning", "meet") + flow("meet", "done"))
    files = changed(
        PROCESS, flow("handling", "done"), '<exclusiveGateway id="meet"/>' + flow("handling", "meet"), files
    )
    ended = re.search(r'<endEvent id="warned".*?</endEvent>', files[PROCESS].decode(), re.S)
    assert ended
    files = changed(PROCESS, ended[0], "", files)
    assert rules(files) == {"branch.twice"}


def test_a_scope_with_very_many_states_is_judged_soon() -> None:
    names = [f"n{number}" for number in range(40)]
    nodes = "".join(f'<intermediateThrowEvent id="{name}"/>' for name in names)
    flows = "".join(flow("split", name) + flow(name, "meet") for name in names)
    wide = f'<parallelGateway id="split"/><parallelGateway id="meet"/>{nodes}{flows}'
    files = changed(PROCESS, flow("handling", "done"), wide + flow("handling", "split") + flow("meet", "done"))
    start = process_time()
    assert rules(files) == set()
    assert process_time() - start < 1
    merged = changed(PROCESS, '<parallelGateway id="meet"/>', '<exclusiveGateway id="meet"/>', files)
    assert rules(merged) == {"branch.twice"}
