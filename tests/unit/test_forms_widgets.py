"""Kaihu's own widgets as fields: the desk's decision with its reasons, appointments, agreements."""

from __future__ import annotations

import pytest

from forms.context import Context, Reason
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


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "请填写预约"),
        ({"slot.half": ["morning"]}, "请选择预约日期"),
        ({"slot.date": ["2026-11-23"]}, "请选择预约时段"),
        ({"slot.date": ["2026-11-22"], "slot.half": ["morning"]}, "预约日期须在明天起的 30 天内"),
        ({"slot.date": ["2026-12-23"], "slot.half": ["morning"]}, "预约日期须在明天起的 30 天内"),
    ],
)
def test_an_appointment_lies_within_thirty_days_from_tomorrow(posted, said):
    assert refusal(APPOINTMENT, posted).errors == {"slot": said}


def test_an_appointment_is_taken():
    loaded = load(APPOINTMENT, {"slot.date": ["2026-12-22"], "slot.half": ["afternoon"]}, TODAY)
    assert loaded.values == {"slot": {"date": "2026-12-22", "half": "afternoon"}}
    assert loaded.facts == {"ends": "2026-12-22T18:00:00+08:00"}


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
