"""What holds between the business's own files and the shared ones; `test_every_fault` has the rules one by one."""

from __future__ import annotations

from tests.unit.tea import (
    CHECK,
    HANDLING,
    ORDER_FORM,
    REASONS,
    changed,
    findings,
    rules,
    tea,
)

BOOKED = 'value="{}"/>\n<spiffworkflow:property name="smsBooked" value="idle_warning"/>'


def test_a_shared_reason_counts_only_where_its_desk_and_step_are() -> None:
    shared = "processes/shared/reasons.json"
    elsewhere = tea()[REASONS].replace(b'"taste"', b'"elsewhere"').replace(b"cold", b"cold2").replace(b"gone", b"gone2")
    assert rules({**tea(), shared: elsewhere}) == set()
    here = tea()[REASONS].replace(b"agree", b"nothing").replace(b"cold", b"cold2").replace(b"gone", b"gone2")
    assert rules({**tea(), shared: here}) == {"reason.field"}


def test_the_business_speaks_over_shared_records() -> None:
    files = {**tea(), "processes/shared/reasons.json": tea()[REASONS].replace(b"agree", b"nothing")}
    assert rules(files) == set()


def test_what_is_told_of_bookings_stands_on_one_step() -> None:
    booking = changed(ORDER_FORM, '"widget": "agreements"', '"widget": "appointment"')
    named = changed(HANDLING, 'value="tea/order"/>', BOOKED.format("tea/order"), booking)
    assert "notice.place" not in rules(named)
    twice = changed(HANDLING, 'value="tea/sign"/>', BOOKED.format("tea/order"), named)
    [found] = [one for one in findings(twice) if one.rule == "notice.place"]
    assert (found.element, found.variant) == ("sign", "twice") and "order" in found.why.en


def test_facts_of_services_that_no_diagram_uses_are_undeclared() -> None:
    unused = changed(CHECK, 'Operator id="leaf.check"', 'Operator id="notice.send"')
    unused = changed(CHECK, "parameter id='slots'", "parameter id='template'", unused)
    unused = changed(CHECK, "value='\"black,green\"'", "value='\"under_age\"'", unused)
    assert {(found.rule, found.element) for found in findings(unused) if found.file == CHECK} == {
        ("condition", "check_open__check_leaf")
    }
