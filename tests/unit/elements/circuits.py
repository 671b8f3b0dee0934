"""Every element that is let through, in a loop."""

from __future__ import annotations

from engine.decisions import load_decisions
from tests.unit.elements.circuit import Circuit
from tests.unit.sheets import ERROR, MESSAGE, boundary, flow, gateway, process, service, timer, user
from tests.unit.tea import table

TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">'
    + table("kind", "UNIQUE", "until", "null", "verdict", '"asked"')
    + "</definitions>"
)
RULE = (
    '<businessRuleTask id="rule"><extensionElements><spiffworkflow:calledDecisionId>kind'
    "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>"
)
CALL = '<callActivity id="call" calledElement="inner"/>'
CALL_AFTER = CALL + flow("call", "after")
FORK, JOIN = '<parallelGateway id="fork"/>', '<parallelGateway id="join"/>'
BOTH = FORK + JOIN + flow("join", "after")
MERGE = '<exclusiveGateway id="merge"/>' + flow("merge", "after")


def inner(*parts: str) -> str:
    return process("inner", '<startEvent id="begin"/><endEvent id="done"/>', *parts)


def caught(what: str, interrupting: bool = True) -> str:
    """A step with an event on its boundary, which leads round it."""
    side = flow("event", "merge") if interrupting else service("told") + '<endEvent id="side"/>'
    beside = "" if interrupting else flow("event", "told") + flow("told", "side")
    return MERGE + user("a") + boundary("event", "a", what, interrupting) + side + beside + flow("a", "merge")


CIRCUITS = [
    Circuit("user task", "a", user("a") + flow("a", "after"), "a", [("do a", "after")]),
    Circuit("service task", "s", service("s") + flow("s", "after"), "s", [("answer s", "after")]),
    Circuit(
        "business rule task", "rule",
        RULE + gateway("asked", "asked__after") + flow("rule", "asked") + flow("asked", "a", 'verdict = "asked"')
        + flow("asked", "after") + user("a") + flow("a", "after"),
        "a", [("do a", "after")], decisions=load_decisions(TABLE.encode(), "d.dmn"),
    ),
    Circuit(
        "call activity", "call", CALL_AFTER, "a", [("do a", "s"), ("answer s", "after")],
        (inner(user("a"), service("s"), flow("begin", "a"), flow("a", "s"), flow("s", "done")),),
    ),
    Circuit(
        "embedded sub-process", "part",
        f'<subProcess id="part"><startEvent id="begin"/><endEvent id="done"/>{user("a")}{flow("begin", "a")}'
        + flow("a", "done") + "</subProcess>" + flow("part", "after"),
        "a", [("do a", "after")],
    ),
    Circuit(
        "exclusive gateway", "g",
        gateway("g", "g__b") + MERGE + user("a", "b") + flow("g", "a", 'verdict = "a"') + flow("g", "b")
        + flow("a", "merge") + flow("b", "merge"),
        "b", [("do b", "after")],
    ),
    Circuit(
        "parallel gateway, one order", "fork",
        BOTH + user("a", "b") + flow("fork", "a") + flow("fork", "b") + flow("a", "join") + flow("b", "join"),
        "a b", [("do a", "b"), ("do b", "after")],
    ),
    Circuit(
        "parallel gateway, the other order", "fork",
        BOTH + user("a", "b") + flow("fork", "a") + flow("fork", "b") + flow("a", "join") + flow("b", "join"),
        "a b", [("do b", "a"), ("do a", "after")],
    ),
    Circuit(
        "parallel gateway with a branch that asks nobody, and one within the other", "fork",
        BOTH + user("a", "b", "c") + '<parallelGateway id="in"/><parallelGateway id="together"/>'
        + '<intermediateThrowEvent id="passed"/>' + flow("fork", "passed") + flow("passed", "join")
        + flow("fork", "in") + flow("in", "a") + flow("in", "b") + flow("a", "together") + flow("b", "together")
        + flow("together", "c") + flow("c", "join"),
        "a b", [("do b", "a"), ("do a", "c"), ("do c", "after")],
    ),
    Circuit(
        "parallel gateway with a flow that goes straight to the join", "fork",
        BOTH + user("a") + flow("fork", "a") + flow("fork", "join") + flow("a", "join"), "a", [("do a", "after")],
    ),
    Circuit(
        "parallel gateway with calls in its branches", "fork",
        BOTH + CALL + service("s") + boundary("gave_up", "s", ERROR) + user("b") + '<exclusiveGateway id="mended"/>'
        + flow("fork", "call") + flow("fork", "s") + flow("call", "join") + flow("s", "mended") + flow("gave_up", "b")
        + flow("b", "mended") + flow("mended", "join"),
        "a s", [("fail s", "a b"), ("do b", "a"), ("do a", "after")],
        (inner(user("a"), flow("begin", "a"), flow("a", "done")),),
    ),
    Circuit(
        "event gateway, the message comes", "either",
        MERGE + '<eventBasedGateway id="either"/>' + f'<intermediateCatchEvent id="told">{MESSAGE}'
        + f'</intermediateCatchEvent><intermediateCatchEvent id="late">{timer("PT2H")}</intermediateCatchEvent>'
        + flow("either", "told") + flow("either", "late") + flow("told", "merge") + flow("late", "merge"),
        "", [("send stop", "after")],
    ),
    Circuit(
        "event gateway, the time is over", "either",
        MERGE + user("a") + '<eventBasedGateway id="either"/>' + f'<intermediateCatchEvent id="told">{MESSAGE}'
        + f'</intermediateCatchEvent><intermediateCatchEvent id="late">{timer("PT2H")}</intermediateCatchEvent>'
        + flow("either", "told") + flow("either", "late") + flow("told", "merge") + flow("late", "a")
        + flow("a", "merge"),
        "", [("wait 1", ""), ("wait 2", "a"), ("do a", "after")],
    ),
    Circuit(
        "event gateway, two times are over", "either",
        MERGE + user("a") + '<eventBasedGateway id="either"/>' + f'<intermediateCatchEvent id="later">{timer("PT3H")}'
        + f'</intermediateCatchEvent><intermediateCatchEvent id="sooner">{timer("PT2H")}</intermediateCatchEvent>'
        + flow("either", "later") + flow("either", "sooner") + flow("later", "merge") + flow("sooner", "a")
        + flow("a", "merge"),
        "", [("wait 1", ""), ("wait 9", "a"), ("do a", "after")],
    ),
    Circuit(
        "message and timer that are waited for", "told",
        f'<intermediateCatchEvent id="told">{MESSAGE}</intermediateCatchEvent><intermediateThrowEvent id="passed"/>'
        + f'<intermediateCatchEvent id="late">{timer("PT2H")}</intermediateCatchEvent>'
        + flow("told", "passed") + flow("passed", "late") + flow("late", "after"),
        "", [("send stop", ""), ("wait 2", "after")],
    ),
    Circuit(
        "date that is waited for", "late",
        f'<intermediateCatchEvent id="late">{timer("2026-11-23T11:54:00+08:00", "timeDate")}</intermediateCatchEvent>'
        + flow("late", "after"),
        "", [("wait 1", ""), ("wait 2", "after")],
    ),
    Circuit("boundary message", "a", caught(MESSAGE), "a", [("send stop", "after")]),
    Circuit("boundary message that does not come", "a", caught(MESSAGE), "a", [("do a", "after")]),
    Circuit(
        "boundary message that interrupts nothing", "a", caught(MESSAGE, interrupting=False),
        "a", [("send stop", "a told"), ("send stop", "a told told"), ("answer told", "a told"), ("answer told", "a"),
              ("do a", "after")],
    ),
    Circuit("boundary timer", "a", caught(timer("PT2H")), "a", [("wait 1", "a"), ("wait 2", "after")]),
    Circuit(
        "boundary timer that interrupts nothing", "a", caught(timer("PT2H"), interrupting=False),
        "a", [("wait 2", "a told"), ("answer told", "a"), ("wait 9", "a"), ("do a", "after")],
    ),
    Circuit(
        "boundary error of a service", "s",
        MERGE + service("s") + user("a") + boundary("gave_up", "s", ERROR) + flow("s", "merge") + flow("gave_up", "a")
        + flow("a", "merge"),
        "s", [("fail s", "a"), ("do a", "after")],
    ),
    Circuit(
        "error end of a called process", "call",
        CALL_AFTER + boundary("broke", "call", ERROR) + user("b") + flow("broke", "b") + flow("b", "after"),
        "a", [("do a", "b"), ("do b", "after")],
        (inner(user("a"), f'<endEvent id="broken">{ERROR}</endEvent>', gateway("g", "g__broken"), flow("begin", "a"),
               flow("a", "g"), flow("g", "broken"), flow("g", "done", 'verdict = "ok"')),),
    ),
    Circuit(
        "error end in an embedded sub-process", "part",
        f'<subProcess id="part"><startEvent id="begin"/>{user("a")}<endEvent id="broken">{ERROR}</endEvent>'
        + flow("begin", "a") + flow("a", "broken") + "</subProcess>" + boundary("broke", "part", ERROR)
        + flow("part", "after") + flow("broke", "after"),
        "a", [("do a", "after")],
    ),
    Circuit(
        "terminating end of a called process", "call", CALL_AFTER, "a b", [("do a", "after")],
        (inner(FORK, user("a", "b"), '<endEvent id="over"><terminateEventDefinition/></endEvent>',
               flow("begin", "fork"), flow("fork", "a"), flow("fork", "b"), flow("a", "over"), flow("b", "done")),),
    ),
    Circuit(
        "message that interrupts a call with branches inside", "call",
        CALL_AFTER + boundary("left", "call", MESSAGE) + flow("left", "after"), "a b",
        [("do a", "b"), ("send stop", "after")],
        (inner(FORK, JOIN, user("a", "b"), flow("begin", "fork"), flow("fork", "a"), flow("fork", "b"),
               flow("a", "join"), flow("b", "join"), flow("join", "done")),),
    ),
    Circuit(
        "plain ends, each of which one branch comes to", "call", CALL_AFTER, "a b", [("do a", "b"), ("do b", "after")],
        (inner(FORK, user("a", "b"), '<endEvent id="other"/>', flow("begin", "fork"), flow("fork", "a"),
               flow("fork", "b"), flow("a", "other"), flow("b", "done")),),
    ),
]  # fmt: skip
