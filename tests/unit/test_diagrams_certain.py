"""A name is given on every way to where it is asked for: loops, calls, branches, 上一步 and errors."""

from __future__ import annotations

from time import process_time

import pytest

from engine.feel.findings import Finding
from tests.unit.tea import CHECK, HANDLING, PROCESS, boundary, changed, diagram, findings, flow, service_task, tea

SIGN = "todo.sign"
TASTED = 'taste.decision = "reject"'


def untold(files: dict[str, bytes]) -> list[tuple[str | None, str]]:
    """The flow or element that asks in vain, and the name."""
    return [(one.element, name_of(one)) for one in findings(files) if one.rule == "fact.path"]


def name_of(finding: Finding) -> str:
    return finding.why.en.split(" is not given")[0]


@pytest.mark.parametrize(
    ("path", "old", "new", "asks"),
    [
        (HANDLING, SIGN, "todo.sign and leaf.verdict = null", []),
        (HANDLING, SIGN, 'todo.sign and leaf.verdict = "ok"', [("sign_open__sign", "leaf.verdict")]),
        (HANDLING, "not(again.sign)", "taste.decision = &quot;reject&quot;", [("sign", "taste.decision")]),
        (CHECK, "value='\"black,green\"'", "value='taste.decision'", [("check_leaf", "taste.decision")]),
        (HANDLING, TASTED, TASTED, []),
    ],
    ids=["said what holds without it", "only where the service was asked", "too early", "a parameter", "just answered"],
)
def test_what_is_not_given_on_every_way_is_told_where_it_is_asked(
    path: str, old: str, new: str, asks: list[tuple[str, str]]
) -> None:
    assert untold(changed(path, old, new)) == asks


def test_the_end_of_a_called_process_gives_what_all_its_ways_give() -> None:
    always = changed(CHECK, flow("check_open", "end"), "")
    always = changed(CHECK, ' default="check_open__end"', "", always)
    always = changed(CHECK, 'leaf.verdict = null or leaf.verdict != "ok"', "", always)
    asked = changed(HANDLING, SIGN, 'leaf.verdict = "ok"', always)
    assert untold(asked) == []


def test_an_error_leads_away_before_the_service_has_given_anything() -> None:
    error = '<error id="gone" errorCode="exhausted"/>'
    event = '<errorEventDefinition errorRef="gone"/>'
    files = changed(CHECK, '<process id="leaf_check"', error + '<process id="leaf_check"')
    files = changed(
        CHECK, '<endEvent id="end"/>', boundary("lost", "check_leaf", event) + '<endEvent id="end"/>', files
    )
    files = changed(
        CHECK, flow("check_leaf", "end"), flow("check_leaf", "after") + flow("lost", "after") + AFTER, files
    )
    assert untold(files) == [("after__end", "leaf.verdict")]


AFTER = (
    '<exclusiveGateway id="after" default="after__check_open"/>'
    + flow("after", "end", 'leaf.verdict = "ok"')
    + flow("after", "check_open")
)


def test_a_step_that_was_left_by_going_back_has_given_nothing() -> None:
    """The form of `sign` decides; its way back is asked by the same gateway."""
    files = {
        **tea(),
        "forms/tea/sign.form.json": tea()["forms/tea/taste.form.json"].replace(b"taste.decision", b"sign.ok"),
    }
    head = changed(HANDLING, flow("head", "order_open"), HEAD, files)
    assert untold(changed(HANDLING, '<exclusiveGateway id="head"/>', HEAD_GATEWAY, head)) == [
        ("head__taste_open", "sign.ok")
    ]
    answered = changed(HANDLING, TASTED, 'sign.ok = "yes" and taste.decision = "reject"', files)
    assert untold(answered) == []


HEAD = flow("head", "order_open") + flow("head", "taste_open", 'sign.ok = "yes"')
HEAD_GATEWAY = '<exclusiveGateway id="head" default="head__order_open"/>'


def test_both_branches_of_a_fork_have_given_theirs_when_they_meet() -> None:
    fork = (
        '<parallelGateway id="fork"/><parallelGateway id="join"/><exclusiveGateway id="asked" default="asked__done"/>'
        + service_task("left_leaf", "leaf.check", slots='"black"')
        + service_task("right_note", "notice.send", template='"idle_warning"')
        + flow("start", "fork") + flow("fork", "left_leaf") + flow("fork", "right_note")
        + flow("left_leaf", "join") + flow("right_note", "join") + flow("join", "asked")
        + flow("asked", "handling", 'leaf.verdict = "ok" and notice.sent') + flow("asked", "done")
    )  # fmt: skip
    files = changed(PROCESS, flow("start", "handling"), fork)
    assert untold(files) == []
    merged = files[PROCESS].replace(b'<parallelGateway id="join"/>', b'<exclusiveGateway id="join"/>')
    assert ("asked__handling", "leaf.verdict") in untold({**files, PROCESS: merged})


def test_many_calls_of_calls_are_followed_no_longer_than_they_may() -> None:
    """Each of twenty processes calls the next one twice."""

    def one(number: int) -> str:
        calls = "".join(f'<callActivity id="{side}{number}" calledElement="p{number + 1}"/>' for side in "ab")
        ways = flow("s", f"a{number}") + flow(f"a{number}", f"b{number}") + flow(f"b{number}", "e")
        return (
            f'<process id="p{number}" isExecutable="true"><startEvent id="s"/>{calls}<endEvent id="e"/>{ways}</process>'
        )

    last = (
        '<process id="p20" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>' + flow("s", "e") + "</process>"
    )
    deep = diagram("".join(one(number) for number in range(20)) + last).encode()
    way = '<callActivity id="deep" calledElement="p0"/>' + flow("start", "deep") + flow("deep", "handling")
    files = changed(PROCESS, flow("start", "handling"), way, {**tea(), "processes/shared/deep.bpmn": deep})
    began = process_time()
    findings(files)
    assert process_time() - began < 1
