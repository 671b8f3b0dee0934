"""No JavaScript: from sign-in through photographs to bank cards with plain forms."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.investor import SLOTS
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_photographs_to_bank_cards_without_scripts(new_window: Windows, town: Town) -> None:
    page: Page = new_window(scripts=False)
    who = town.somebody(photos_on_file=False)
    me = town.sign_in(page, who).sees("上传照片")
    for slot in SLOTS[:2]:
        me.uploads(slot, who.photo(slot))
        me.slot(slot).locator("button[name=upload]").click()
        expect(me.slot(slot).locator(".slot-head")).not_to_contain_text("未上传")
    me.uploads(SLOTS[2], who.photo(SLOTS[2])).goes_on()  # the file travels with the form; the box was forgotten
    me.is_refused("我单独同意处理我的身份证件")
    expect(me.slot(SLOTS[2]).locator(".slot-head")).not_to_contain_text("未上传")
    me.ticks("identity_consent").goes_on()
    me.sees("核对照片").checks_photos().sees("个人基本资料").goes_on().sees("银行卡")
    me.deletes_first_card()
    page.locator("button[name=add_row]").click()
    card = who.new_card
    page.locator("select[name$='.bank']").select_option(card.bank)
    page.locator("input[name$='.outlet']").fill(card.outlet)
    page.locator("input[name$='.number']").fill(card.number)
    row = page.locator("input[type=hidden][name$='.row']").last.input_value()
    me.uploads(f"bank_card:{row}", card.photo).submits_cards().sees("使用提示")
