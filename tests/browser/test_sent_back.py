"""What a desk sends back is asked again with what follows from it, and nothing else; then it is that desk's again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page

from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from tests.browser.head_start import HeadStart
from tests.browser.line import to_installation, to_line
from tests.browser.patience import until
from tests.browser.strangers import Someone
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

GLARE, BY_THE_CARD, ONE_DIGIT = "人像面有反光，请重拍", "地址请按身份证填写", "卡号少了一位"
FROM_VIDEO: list[tuple[dict[str, str], tuple[str, ...]]] = [
    ({"id_photo_unclear": GLARE}, ("上传照片", "核对照片")),
    ({"address_differs": BY_THE_CARD}, ("个人基本资料",)),
    ({"card_number_wrong": ONE_DIGIT}, ("银行卡", "使用提示")),
    ({"id_photo_unclear": GLARE, "card_number_wrong": ONE_DIGIT}, ("上传照片", "核对照片", "银行卡", "使用提示")),
]


def corrections(me: Investor, who: Someone) -> Mapping[str, Callable[[], object]]:
    """What he does at each step that may be asked again, by its title."""

    return {
        "上传照片": lambda: me.uploads("id_portrait", who.photo("id_portrait")).submits_photos(),
        "核对照片": me.checks_photos,
        "个人基本资料": me.goes_on,
        "银行卡": me.submits_cards,
        "使用提示": lambda: me.ticks("read").goes_on(),
    }


def corrects(me: Investor, who: Someone, steps: tuple[str, ...]) -> Investor:
    """These steps one after the other, and no other between them."""
    does = corrections(me, who)
    for step in steps:
        me.sees(step)
        does[step]()
    return me


def test_what_the_verifier_sends_back_is_asked_again_and_the_call_after_it(
    page: Page, verifier: Desk, town: Town
) -> None:
    who = town.somebody()
    me = to_line(town, page, who)
    case = f"/cases/{me.case_id}"
    for times, (reasons, steps) in enumerate(FROM_VIDEO, start=1):
        verifier.calls_next().rejects(reasons)
        me.sees(steps[0]).opens("/my").finds_pending("视频未通过")  # his page in line leads there by itself
        for text in reasons.values():
            me.finds_pending(text)
        me.opens(case).sees(steps[0]).reads(next(iter(reasons.values())))
        corrects(me, who, steps).sees("视频验证").queues().sees("排队中：第 1 位")
        verifier.calls_next().reads(f"更正后第 {times + 1} 次提交").gives_back()
    verifier.calls_next().breaks_off().reads("已提交：用户中断")
    me.opens(case).sees("视频验证").reads("上次视频没有完成").queues().sees("排队中：第 1 位")
    verifier.calls_next().ticks_all().decides()
    me.opens(case).sees("视频已通过")


def test_after_a_video_the_review_asks_for_it_again_with_a_new_id_and_only_a_signature_with_a_card(
    page: Page, verifier: Desk, reviewer: Desk, town: Town
) -> None:
    who = town.somebody()
    me = to_installation(town, page, who)
    case, number = f"/cases/{me.case_id}", town.number_of(me.case_id)
    me.installs_certificate().sees("签署协议").signs().sees("已提交，等待复核")

    reviewer.opens_case(number).claims().rejects({"id_photo_unclear": GLARE})
    me.opens(case)
    corrects(me, who, ("上传照片", "核对照片")).sees("视频验证").queues().sees("排队中：第 1 位")
    verifier.calls_next().ticks_all().decides()
    me.opens(case).sees("视频已通过").goes_on()
    me.sees("签署协议").signs().sees("已提交，等待复核")  # the certificate is there

    reviewer.opens_case(number).claims().reads("更正后第 2 次提交").rejects({"card_number_wrong": ONE_DIGIT})
    me.opens(case)
    corrects(me, who, ("银行卡", "使用提示")).sees("签署协议").signs().sees("已提交，等待复核")

    reviewer.opens_case(number).claims().reads("更正后第 3 次提交").rejects({"not_in_person": ""})
    me.opens(case).sees("办理失败").reads("不是账户本人办理").opens("/my").finds_done("办理失败")
    until(lambda: town.standing_certificates(who) == 0)
    me.opens(f"/cases/{HeadStart(town, who).to_certificate()}").sees("证书检测").goes_on()
    me.sees("未检测到证书")  # what was issued in the case that failed serves in no other
