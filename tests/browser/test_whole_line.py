"""From nothing to a changed account: sign-in, photographs, cards, certificate, signature, review."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.desk import Desk
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_an_investor_changes_his_settlement_account(page: Page, reviewer: Desk, town: Town) -> None:
    who = town.somebody(photos_on_file=False)
    me = town.sign_in(page, who).sees("上传照片")
    town.put_certificate_into(page, who)
    for slot in ("id_portrait", "id_emblem", "signature"):
        me.uploads(slot, who.photo(slot))
    me.submits_photos().sees("核对照片")
    expect(page.locator("[data-compare] img")).to_have_count(6)
    me.checks_photos().sees("个人基本资料").reads(who.file.name)
    me.goes_on().sees("银行卡").reads("工商银行")
    me.deletes_first_card().adds_card(who.new_card).submits_cards()
    me.sees("使用提示").reads("银期关联").ticks("read").goes_on()
    me.sees("证书检测").detects_certificate()
    me.sees("签署协议")
    unread = page.locator("input[type=checkbox][name=agreements]").first
    expect(unread).to_be_disabled()  # each text is scrolled to its end before it can be agreed to
    me.signs()
    me.sees("已提交，等待复核")

    case_id = me.case_id
    number = town.number_of(case_id)
    me.opens("/my").reads("待复核").reads(number)
    reviewer.opens_case(number).claims().reads(who.file.name).reads("签名有效").passes()
    reviewer.reads("已提交")

    me.opens(f"/cases/{case_id}").sees("办理成功")
    me.opens("/my").finds_done("办理成功")
    assert [card.bank for card in town.accounts.cards(who.customer_id)] == ["CCB"]
