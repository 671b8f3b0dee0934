"""Kaihu's own widgets as fields: the desk's decision with its reasons, appointments, agreements."""

from __future__ import annotations

from datetime import date

import pytest

from forms.context import Context, HalfDay, Question, Reason
from forms.load import Loaded, load
from tests.unit.sample_forms import CHOICES, REQUIRED, TODAY, form, refusal, text

DESK = form(
    text("decision", "结论", "radio", properties={"widget": "desk_decision", "fact": "d"}, **CHOICES),
    text(
        "reasons",
        "驳回原因",
        "checklist",
        properties={"widget": "reject_reasons"},
        conditional={"hide": 'decision != "b"'},
        **REQUIRED,
    ),
)
CATALOGUE = Context(
    today=TODAY.today,
    reasons=(Reason("blurred", "照片不清晰", "请重新拍摄"), Reason("over", "不能办理", "请到柜台", final=True)),
)


def test_a_pass_needs_no_reason_and_drops_a_ticked_one():
    assert load(DESK, {"decision": ["a"], "reasons": ["blurred"]}, CATALOGUE).values == {"decision": "a"}


def test_a_reason_brings_its_customer_text_and_keeps_an_edited_one():
    posted = {"decision": ["b"], "reasons": ["blurred"], "reasons.blurred.internal_note": ["反光"]}
    expected = {"reason": "blurred", "customer_text": "请重新拍摄", "internal_note": "反光"}
    assert load(DESK, posted, CATALOGUE).values["reasons"] == [expected]
    edited = posted | {"reasons.blurred.customer_text": ["请换个背景"]}
    assert load(DESK, edited, CATALOGUE).values["reasons"] == [expected | {"customer_text": "请换个背景"}]


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "请至少选择一个驳回原因"),
        ({"reasons": ["invented"]}, "所选的驳回原因不在原因目录中，请重新选择"),
        ({"reasons": ["blurred"], "reasons.blurred.internal_note": ["长" * 501]}, "照片不清晰最多 500 个字，请缩短"),
    ],
)
def test_a_rejection_without_its_reason_is_refused(posted, said):
    assert refusal(DESK, {"decision": ["b"], **posted}, CATALOGUE).errors == {"reasons": said}


@pytest.mark.parametrize(("offers", "offered"), [("correctable", "blurred"), ("final", "over")])
def test_a_field_may_offer_some_of_the_reasons_only(offers, offered):
    asked = form(
        text("reasons", "原因", "checklist", properties={"widget": "reject_reasons", "offers": offers}, **REQUIRED)
    )
    (taken,) = load(asked, {"reasons": [offered]}, CATALOGUE).values["reasons"]
    assert taken["reason"] == offered
    (other,) = {"blurred", "over"} - {offered}
    assert "不在原因目录中" in refusal(asked, {"reasons": [other]}, CATALOGUE).errors["reasons"]


CALL = form(
    text("decision", "结论", "radio", properties={"widget": "desk_decision", "fact": "d"}, **CHOICES),
    text(
        "seen", "看过原件", "checkbox", **REQUIRED,
        properties={"widget": "desk_check", "requiredWhen": '= decision = "a"'},
    ),
    text(
        "quiz", "提问", "checklist", **REQUIRED,
        properties={"widget": "knowledge_questions", "requiredWhen": 'decision = "a"'},
    ),
)  # fmt: skip
DRAWN = Context(
    today=TODAY.today,
    questions=(Question("margin", "什么是保证金？", "…"), Question("lend", "可以出借账户吗？", "…")),
    needed=1,
)
MARGIN = {"question": "margin", "text": "什么是保证金？", "right": True}
LEND = {"question": "lend", "text": "可以出借账户吗？", "right": False}


def test_a_pass_needs_every_tick_and_enough_right_answers():
    posted = {"decision": ["a"], "seen": ["yes"], "quiz.margin": ["right"], "quiz.lend": ["wrong"]}
    assert load(CALL, posted, DRAWN).values == {"decision": "a", "seen": True, "quiz": [MARGIN, LEND]}


@pytest.mark.parametrize(
    ("posted", "errors"),
    [
        (
            {},
            {
                "seen": "通过前须确认：看过原件",
                "quiz.margin": "请记录第 1 题是否答对",
                "quiz.lend": "请记录第 2 题是否答对",
            },
        ),
        ({"seen": ["yes"], "quiz.margin": ["right"]}, {"quiz.lend": "请记录第 2 题是否答对"}),
        ({"seen": ["yes"], "quiz.margin": ["right"], "quiz.lend": ["maybe"]}, {"quiz.lend": "请记录第 2 题是否答对"}),
        (
            {"seen": ["yes"], "quiz.margin": ["wrong"], "quiz.lend": ["wrong"], "quiz.invented": ["right"]},
            {"quiz": "客户答对 0 题，至少答对 1 题才能通过"},
        ),
    ],
)  # fmt: skip
def test_a_pass_with_less_is_refused(posted, errors):
    refused = refusal(CALL, {"decision": ["a"], **posted}, DRAWN)
    assert refused.errors == errors
    assert refused.values.get("quiz") == {name[5:]: value[0] for name, value in posted.items() if name[:5] == "quiz."}


def test_any_other_conclusion_needs_none_of_it_and_keeps_what_was_noted():
    assert load(CALL, {"decision": ["b"]}, DRAWN).values == {"decision": "b", "seen": False, "quiz": []}
    noted = load(CALL, {"decision": ["b"], "seen": ["yes"], "quiz.lend": ["wrong"]}, DRAWN).values
    assert noted == {"decision": "b", "seen": True, "quiz": [LEND]}


APPOINTMENT = form(text("slot", "预约", properties={"widget": "appointment", "fact": "ends"}, **REQUIRED))
OFFERED = Context(
    today=date(2026, 11, 22),
    half_days=(
        HalfDay("2026-11-23.am", "2026-11-23T11:30:00+08:00", 3),
        HalfDay("2026-11-23.pm", "2026-11-23T17:00:00+08:00", 0),
    ),
)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "请选择预约"),
        ({"slot": ["2026-11-22.am"]}, "这个时段不能预约，请从列表中选择一个时段"),
        ({"slot": ["tomorrow"]}, "这个时段不能预约，请从列表中选择一个时段"),
        ({"slot": ["2026-11-23.pm"]}, "这个时段刚刚约满，请选择另一个时段"),
    ],
)
def test_only_a_free_half_day_that_is_offered_is_taken(posted, said):
    assert refusal(APPOINTMENT, posted, OFFERED).errors == {"slot": said}


def test_an_appointment_tells_the_flow_when_it_is_over():
    loaded = load(APPOINTMENT, {"slot": ["2026-11-23.am"]}, OFFERED)
    assert loaded.values == {"slot": {"half": "2026-11-23.am", "ends_at": "2026-11-23T11:30:00+08:00"}}
    assert loaded.facts == {"ends": "2026-11-23T11:30:00+08:00"}


AGREEMENTS = form(
    text("agreements", "协议", "checklist", properties={"widget": "agreements", "documents": "a.md, b.md"})
)


def test_every_agreement_is_ticked_and_the_signature_is_the_servers():
    assert refusal(AGREEMENTS, {"agreements": ["a.md"]}).errors == {"agreements": "每份协议都需阅读并勾选"}
    signed = Context(today=TODAY.today, given={"agreements": {"signature": "s1"}})
    assert load(AGREEMENTS, {"agreements": ["a.md", "b.md"]}, signed) == Loaded({"agreements": {"signature": "s1"}}, {})


def test_the_documents_may_be_named_by_the_business():
    asked = form(
        text("agreements", "协议", "checklist", properties={"widget": "agreements", "documents": "business.agreements"})
    )
    context = Context(today=TODAY.today, documents={"business.agreements": ("a.md", "b.md")})
    assert refusal(asked, {"agreements": ["a.md"]}, context).errors == {"agreements": "每份协议都需阅读并勾选"}
    assert load(asked, {"agreements": ["b.md", "a.md"]}, context).values == {"agreements": ["a.md", "b.md"]}
