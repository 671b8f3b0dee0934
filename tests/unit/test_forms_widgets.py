"""Kaihu's own widgets as fields: the desk's decision with its reasons, appointments, agreements."""

from __future__ import annotations

from datetime import date

import pytest

from forms.context import Context, HalfDay, Reason
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
    reasons=(Reason("blurred", "照片不清晰", "请重新拍摄"), Reason("other", "其他")),
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
        ({"reasons": ["other"]}, "请填写“其他”给客户的说明"),
        ({"reasons": ["other"], "reasons.other.customer_text": ["请来电"]}, "选择“其他”时须填写内部备注"),
        ({"reasons": ["blurred"], "reasons.blurred.internal_note": ["长" * 501]}, "照片不清晰最多 500 个字，请缩短"),
    ],
)
def test_a_rejection_without_its_reason_is_refused(posted, said):
    assert refusal(DESK, {"decision": ["b"], **posted}, CATALOGUE).errors == {"reasons": said}


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
