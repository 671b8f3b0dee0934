"""One broken bundle for each rule about records, forms, facts, reasons and decisions."""

from __future__ import annotations

import pytest

from tests.unit.tea import (
    AGREEMENT,
    BUSINESS,
    CHECK,
    DECISIONS,
    ENGLISH,
    HANDLING,
    NOTICES,
    ORDER_FORM,
    PROCESS,
    REASONS,
    changed,
    findings,
    flow,
    rules,
    tea,
)

TASTE_FORM = "forms/tea/taste.form.json"

BROKEN = [
    # the record of the business
    ("json.shape", BUSINESS, '"id": "tea"', '"id": "coffee"'),
    ("json.shape", BUSINESS, '"button"', '"buton"'),
    ("json.shape", BUSINESS, '"exclusive": true', '"exclusive": "yes"'),
    ("json.shape", BUSINESS, '"started_by": "investor"', '"started_by": "anybody"'),
    ("process.missing", BUSINESS, '"process": "tea"', '"process": "te"'),
    ("business.decision", BUSINESS, '"tea_allowed"', '"tea_alowed"'),
    ("business.decision", BUSINESS, '"tea_repeats"', '"tea_repeat"'),
    ("business.milestone", BUSINESS, '"sign"', '"sing"'),
    ("business.milestone", BUSINESS, '"sign"', '"order"'),
    # forms
    ("form.bad", TASTE_FORM, '"radio"', '"BAD"'),
    ("form.unused", HANDLING, 'value="tea/sign"', 'value="tea/order"'),
    ("form.document", ORDER_FORM, "agreements/order.md", "agreements/ordre.md"),
    ("form.notice", ORDER_FORM, '"widget": "agreements"', '"notice": "nothing"'),
    ("notice.unknown", PROCESS, '"idle_warning"', '"idle_warnin"'),
    ("notice.unknown", HANDLING, 'name="statusClaimed" value="品茶中"', 'name="notice" value="tastin"'),
    # facts
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"settings.idle_limit"'),
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"todo.order"'),
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"taste.typename"'),
    ("fact.collision", TASTE_FORM, '"taste.decision"', '"leaf"'),
    # reasons
    ("reason.duplicate", REASONS, '"gone"', '"cold"'),
    ("reason.step", REASONS, '"step": "order"', '"step": "oder"'),
    ("reason.step", REASONS, '"final": true', '"final": false'),
    ("reason.step", REASONS, '"final": false', '"final": true'),
    ("reason.desk", REASONS, '"desks": [\n   "taste"\n  ]', '"desks": []'),
    ("reason.desk", REASONS, '"desks": [\n   "taste"', '"desks": [\n   "tast"'),
    ("reason.field", REASONS, '"field": "agree"', '"field": "agre"'),
    (
        "reason.road",
        HANDLING,
        flow("tasted", "head", 'taste.decision = "reject"'),
        flow("tasted", "sign", 'taste.decision = "reject"'),
    ),
    # decisions
    ("dmn.cell", DECISIONS, "<text>step</text>", "<text>steps</text>"),
    ("dmn.cell", DECISIONS, "<text>person.age</text>", "<text>person.height</text>"),
    ("decision.step", DECISIONS, '<text>"sign"</text>', '<text>"sing"</text>'),
    ("decision.notice", DECISIONS, '<text>"under_age"</text>', '<text>"under_ag"</text>'),
    ("dmn.hit_policy", DECISIONS, 'hitPolicy="COLLECT"', 'hitPolicy="FIRST"'),
    ("dmn.hit_policy", DECISIONS, 'hitPolicy="FIRST"', 'hitPolicy="COLLECT"'),
    # texts
    ("text.english", BUSINESS, "茶票", "茶券"),
    ("text.english", REASONS, "茶凉了", "茶冷了"),
    ("text.english", NOTICES, "茶快凉了", "茶快冷了"),
    ("text.english", ORDER_FORM, '"茶"', '"好茶"'),
    ("text.english", ENGLISH, '"品茶中"', '"品茶了"'),
]


@pytest.mark.parametrize(("rule", "path", "old", "new"), BROKEN)
def test_a_broken_bundle_is_found_by_its_rule(rule: str, path: str, old: str, new: str) -> None:
    found = [finding for finding in findings(changed(path, old, new)) if finding.rule == rule]
    assert found
    assert all(finding.file and finding.why and finding.mend for finding in found)


def test_the_sound_business_is_the_control() -> None:
    assert rules(tea()) == set()


def test_two_decisions_of_one_name_are_found() -> None:
    assert "decision.duplicate" in rules({**tea(), "processes/tea/more.dmn": tea()[DECISIONS]})


def test_an_agreement_without_english_is_found() -> None:
    files = tea()
    del files[AGREEMENT.replace(".md", ".en.md")]
    assert rules(files) == {"text.english"}


def test_a_shared_reason_counts_only_where_its_desk_and_step_are() -> None:
    shared = "processes/shared/reasons.json"
    elsewhere = tea()[REASONS].replace(b'"taste"', b'"elsewhere"').replace(b"cold", b"cold2").replace(b"gone", b"gone2")
    assert rules({**tea(), shared: elsewhere}) == set()
    here = tea()[REASONS].replace(b"agree", b"nothing").replace(b"cold", b"cold2").replace(b"gone", b"gone2")
    assert rules({**tea(), shared: here}) == {"reason.field"}


def test_the_business_speaks_over_shared_records() -> None:
    files = {**tea(), "processes/shared/reasons.json": tea()[REASONS].replace(b"agree", b"nothing")}
    assert rules(files) == set()


def test_a_finding_in_a_record_names_the_line() -> None:
    files = changed(REASONS, '"field": "agree"', '"field": "agre"')
    (found,) = findings(files)
    assert found.element == "cold"
    assert "cold" in files[REASONS].decode().splitlines()[(found.line or 0) - 1]
    assert "agree" in found.mend


def test_facts_of_services_that_no_diagram_uses_are_undeclared() -> None:
    unused = changed(CHECK, 'Operator id="leaf.check"', 'Operator id="notice.send"')
    unused = changed(CHECK, "parameter id='slots'", "parameter id='template'", unused)
    unused = changed(CHECK, "value='\"black,green\"'", "value='\"under_age\"'", unused)
    assert {(found.rule, found.element) for found in findings(unused) if found.file == CHECK} == {
        ("condition", "check_open__check_leaf")
    }
