"""One broken diagram for each rule; the sound business, from which each differs by one change, is the control."""

from __future__ import annotations

import pytest

from tests.unit.tea import (
    CHECK,
    HANDLING,
    PROCESS,
    boundary,
    changed,
    diagram,
    findings,
    flow,
    rules,
    service_task,
    tea,
    timer,
    user_task,
)

TASTE_TO_END = flow("tasted", "end")
CHECK_LEAF = service_task("check_leaf", "leaf.check", slots='"black,green"')
EXTRA_STEP = user_task("stir", "订茶", form="tea/order", status="待订茶")

END = '<endEvent id="done" name="喝完了"/>'


def said_at_end(name: str, value: str) -> str:
    """The rest of an end event that has a property."""
    said = f'<spiffworkflow:property name="{name}" value="{value}"/>'
    inside = f"<spiffworkflow:properties>{said}</spiffworkflow:properties>"
    return f"><extensionElements>{inside}</extensionElements></endEvent>"


BROKEN = [
    # structure
    ("bpmn.id", HANDLING, '<exclusiveGateway id="head"/>', "<exclusiveGateway/>"),
    ("process.duplicate", CHECK, 'process id="unused"', 'process id="tea"'),
    ("flow.dangling", HANDLING, 'targetRef="taste"', 'targetRef="tast"'),
    ("boundary.dangling", PROCESS, 'attachedToRef="handling"', 'attachedToRef="start"'),
    ("call.missing", HANDLING, 'calledElement="leaf_check"', 'calledElement="leaf_chek"'),
    (
        "call.recursive",
        CHECK,
        CHECK_LEAF,
        '<callActivity id="check_leaf" name="查茶" calledElement="tea_handling"/>',
    ),
    # flows
    ("flow.start", HANDLING, '<startEvent id="start"/>', '<startEvent id="start"/><startEvent id="second"/>'),
    ("flow.start", PROCESS, '<startEvent id="start"/>', '<intermediateThrowEvent id="start"/>'),
    ("flow.dead_end", HANDLING, flow("taste", "tasted"), ""),
    ("flow.after_end", HANDLING, "</process>", flow("end", "head") + "</process>"),
    ("flow.unreachable", HANDLING, flow("taste_open", "taste"), flow("taste_open", "tasted")),
    ("flow.no_end", HANDLING, TASTE_TO_END, flow("tasted", "head").replace('id="tasted__head"', 'id="tasted__end"')),
    ("flow.fork", PROCESS, "</process>", flow("start", "done") + "</process>"),
    ("gateway.default", HANDLING, ' default="tasted__end"', ""),
    ("gateway.condition", HANDLING, flow("order_open", "order", "todo.order"), flow("order_open", "order")),
    ("flow.condition", HANDLING, TASTE_TO_END, flow("tasted", "end", "back")),
    ("flow.condition", HANDLING, flow("start", "head"), flow("start", "head", "back")),
    # loops
    (
        "loop.no_wait",
        HANDLING,
        flow("order_open", "check") + flow("order", "check"),
        flow("order_open", "head").replace('id="order_open__head"', 'id="order_open__check"') + flow("order", "check"),
    ),
    ("loop.no_gateway", HANDLING, flow("taste", "tasted"), flow("taste", "stir") + flow("stir", "taste") + EXTRA_STEP),
    ("loop.parallel", HANDLING, '<exclusiveGateway id="head"/>', '<parallelGateway id="head"/>'),
    (
        "loop.open_branch",
        HANDLING,
        "</process>",
        boundary("late", "taste", timer("PT1H"), interrupting=False)
        + EXTRA_STEP
        + '<endEvent id="stirred"/>'
        + flow("late", "stir")
        + flow("stir", "stirred")
        + "</process>",
    ),
    # steps
    ("step.duplicate", CHECK, CHECK_LEAF, EXTRA_STEP.replace("stir", "order") + CHECK_LEAF),
    ("step.lane", HANDLING, "<flowNodeRef>taste</flowNodeRef>", ""),
    ("lane.role", HANDLING, 'lane id="reviewer"', 'lane id="reviewers"'),
    ("step.form", HANDLING, 'name="form" value="tea/taste"', 'name="form" value="tea/tast"'),
    ("step.form", HANDLING, '<spiffworkflow:property name="form" value="tea/taste"/>', ""),
    ("step.status", HANDLING, '<spiffworkflow:property name="status" value="待品茶"/>', ""),
    ("step.property", HANDLING, 'name="statusClaimed"', 'name="statusClaimd"'),
    ("step.back", HANDLING, 'name="back" value="order"', 'name="back" value="ordr"'),
    ("step.back", HANDLING, '<spiffworkflow:property name="back" value="order"/>', ""),
    ("step.not_same_as", HANDLING, 'name="notSameAs" value="order"', 'name="notSameAs" value="ordr"'),
    ("step.back_road", HANDLING, flow("signed", "head", "back"), flow("signed", "end", "back")),
    ("step.due", HANDLING, 'name="due" value="P1D"', 'name="due" value="1 day"'),
    # services and decisions
    ("service.missing", CHECK, CHECK_LEAF, '<serviceTask id="check_leaf"/>'),
    ("service.dot", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf_check"'),
    ("service.unknown", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf.chek"'),
    ("service.unknown", CHECK, 'Operator id="leaf.check"', 'Operator id="leaf.draft"'),
    ("service.parameter", CHECK, "parameter id='slots'", "parameter id='slot'"),
    ("service.parameter", CHECK, "<spiffworkflow:parameter id='slots' type='str' value='\"black,green\"'/>", ""),
    (
        "decision.unknown",
        CHECK,
        CHECK_LEAF,
        '<businessRuleTask id="check_leaf"/>',
    ),
    (
        "decision.collects",
        CHECK,
        CHECK_LEAF,
        '<businessRuleTask id="check_leaf"><extensionElements><spiffworkflow:calledDecisionId>tea_repeats'
        "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>",
    ),
    # the condition language
    ("condition", HANDLING, ">todo.order<", ">todo.oder<"),
    ("condition", HANDLING, 'taste.decision = "reject"', "taste.decision = "),
    ("condition", HANDLING, "not(again.sign)", "again.nobody"),
    ("condition", CHECK, "value='\"black,green\"'", "value='black'"),
    ("condition", CHECK, "value='\"black,green\"'", "value=''"),
    ("timer.text", PROCESS, ">settings.idle_limit<", ">settings.idle<"),
    ("timer.text", PROCESS, ">settings.idle_limit<", ">PT1<"),
    ("timer.text", PROCESS, ">settings.idle_limit<", "><"),
    ("timer.text", PROCESS, timer("settings.idle_limit"), timer("P1D", "timeDate")),
    ("timer.text", PROCESS, timer("settings.idle_limit"), timer("2026-01-31T09:00:00+08:00")),
    # events
    ("event.message", PROCESS, '<message id="abandon" name="abandon"/>', '<message id="abandon"/>'),
    ("event.error", PROCESS, '<messageEventDefinition messageRef="abandon"/>', "<errorEventDefinition/>"),
    ("end.property", PROCESS, END, END.replace("/>", said_at_end("after", "leaf.check"))),
    ("end.afterwards", PROCESS, END, END.replace("/>", said_at_end("afterwards", "leaf.chek"))),
    ("end.retention", PROCESS, END, END.replace("/>", said_at_end("retention", "given"))),
    ("end.name", PROCESS, '<endEvent id="done" name="喝完了"/>', '<endEvent id="done"/>'),
    (
        "gateway.events",
        CHECK,
        '<exclusiveGateway id="check_open" default="check_open__end"/>',
        '<eventBasedGateway id="check_open"/>',
    ),
    # texts
    ("text.english", HANDLING, 'name="订茶"', 'name="订一壶好茶"'),
    ("text.english", HANDLING, 'value="品茶中"', 'value="正在品茶"'),
]  # fmt: skip


def test_the_sound_business_has_no_findings() -> None:
    assert findings(tea()) == []


@pytest.mark.parametrize(("rule", "path", "old", "new"), BROKEN)
def test_a_broken_diagram_is_found_by_its_rule(rule: str, path: str, old: str, new: str) -> None:
    found = [finding for finding in findings(changed(path, old, new)) if finding.rule == rule]
    assert found
    assert all(finding.why and finding.mend for finding in found)
    assert any(finding.file.endswith((".bpmn", ".dmn", ".json")) for finding in found)


def test_a_finding_names_file_element_line_and_the_nearest_name() -> None:
    files = changed(HANDLING, ">todo.order<", ">todo.oder<")
    (found,) = findings(files)
    line = files[HANDLING].decode().splitlines()[(found.line or 0) - 1]
    assert (found.file, found.element) == (HANDLING, "order_open__order")
    assert "todo.oder" in line
    assert "todo.order" in found.mend


def test_two_timers_on_one_event_gateway_are_found() -> None:
    catch = '<intermediateCatchEvent id="{}">' + timer("P1D") + "</intermediateCatchEvent>"
    gateway = '<eventBasedGateway id="either"/>' + catch.format("a") + catch.format("b")
    body = gateway + flow("either", "a") + flow("either", "b") + flow("a", "done") + flow("b", "done")
    files = changed(PROCESS, flow("handling", "done"), flow("handling", "either") + body)
    assert rules(files) == {"gateway.timers"}
    one = (
        files[PROCESS]
        .decode()
        .replace(flow("either", "b"), "")
        .replace(catch.format("b") + flow("either", "a"), flow("either", "a"))
        .replace(flow("b", "done"), "")
    )
    assert rules({**files, PROCESS: one.encode()}) == set()


def test_more_than_250_elements_are_refused() -> None:
    def chain(length: int) -> bytes:
        nodes = [f'<intermediateThrowEvent id="n{number}"/>' for number in range(length)]
        flows = [flow(f"n{number}", f"n{number + 1}") for number in range(length - 1)]
        ends = '<startEvent id="s"/><endEvent id="e"/>' + flow("s", "n0") + flow(f"n{length - 1}", "e")
        return diagram(f'<process id="long" isExecutable="true">{"".join(nodes + flows)}{ends}</process>').encode()

    assert rules({**tea(), "processes/shared/long.bpmn": chain(249)}) == {"bpmn.count"}
    assert rules({**tea(), "processes/shared/long.bpmn": chain(248)}) == set()


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
