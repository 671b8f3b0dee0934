"""What the reviewer rejects is asked again, with his reason beside it; nothing else is; then it is his desk again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.desk import Desk
from tests.browser.line import to_signed_review
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GLARE = "人像面有反光，请换个角度重拍。"
OTHER_NUMBER = "填写的银行卡号与银行卡照片不一致"


def test_two_reasons_lead_to_two_steps_and_back_to_the_desk(page: Page, reviewer: Desk, town: Town) -> None:
    who = town.somebody()
    me = to_signed_review(town, page, who)
    number = town.number_of(me.case_id)
    reviewer.opens_case(number).claims().rejects({"id_photo_unclear": GLARE, "card_number_wrong": ""})

    me.opens("/my").finds_pending("复核未通过").finds_pending(GLARE).finds_pending(OTHER_NUMBER)
    page.get_by_role("link", name="继续办理").first.click()
    me.sees("上传照片")
    expect(me.slot("id_portrait")).to_contain_text(GLARE)
    expect(me.slot("id_emblem")).not_to_contain_text(GLARE)
    me.uploads("id_portrait", who.photo("id_portrait")).submits_photos()
    me.sees("核对照片").checks_photos()
    me.sees("银行卡").reads(OTHER_NUMBER)  # the basic data were accepted and are not asked again
    expect(page.locator("input[name$='.number']")).to_have_value(who.new_card.number)
    me.submits_cards().sees("使用提示").ticks("read").goes_on()
    me.sees("签署协议").signs().sees("已提交，等待复核")

    reviewer.opens_case(number).claims().reads("更正后第 2 次提交").reads(GLARE)
    reviewer.passes()
    me.opens(f"/cases/{me.case_id}").sees("办理成功")
