"""上一步 leads from the signature to the first page, and whatever was typed on the way is still there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Windows
from tests.browser.line import through_photos, to_basic_data
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TYPED = {"address": "样例省样例市新村路8号", "issuer": "样例市公安局新村分局"}


def test_one_goes_back_through_all_steps_and_forward_again(page: Page, town: Town) -> None:
    who = town.somebody()
    me = through_photos(town, page, who)
    for name, text in TYPED.items():
        page.locator(f"input[name={name}]").fill(text)
    me.goes_on().sees("银行卡")
    town.put_certificate_into(page, who)
    me.adds_card(who.new_card).submits_cards().sees("使用提示").ticks("read").goes_on()
    me.sees("证书检测").detects_certificate().sees("签署协议")

    for title in ("证书检测", "银行卡"):  # the notice between them asks nothing
        me.goes_back().sees(title)
    expect(page.locator("input[name$='.number']")).to_have_value(who.new_card.number)
    page.locator("input[name$='.outlet']").fill("样例市新村路支行")
    for title in ("个人基本资料", "核对照片", "上传照片"):
        me.goes_back().sees(title)
    expect(page.locator("button[formaction$='/back']")).to_have_count(0)

    me.submits_photos().sees("核对照片").checks_photos().sees("个人基本资料")
    for name, text in TYPED.items():
        expect(page.locator(f"input[name={name}]")).to_have_value(text)
    me.goes_on().sees("银行卡")
    expect(page.locator("input[name$='.outlet']")).to_have_value("样例市新村路支行")
    me.submits_cards().sees("使用提示")


def test_what_is_typed_is_kept_before_it_is_sent(page: Page, town: Town) -> None:
    me = to_basic_data(town, page, town.somebody())
    page.locator("input[name=address]").press_sequentially("9")
    expect(page.locator(".draft-state")).to_contain_text("已保存")
    typed = page.locator("input[name=address]").input_value()
    me.opens("/my")
    page.get_by_role("link", name="继续办理").first.click()
    expect(page.locator("input[name=address]")).to_have_value(typed)


def test_another_device_goes_on_where_this_one_stopped(page: Page, town: Town, new_window: Windows) -> None:
    me = to_basic_data(town, page, town.somebody())
    page.locator("input[name=issuer]").fill("样例市公安局东区分局")
    expect(page.locator(".draft-state")).to_contain_text("已保存")
    phone = new_window(width=375)
    phone.context.add_cookies(page.context.cookies())
    phone.goto(f"{town.product.address}/cases/{me.case_id}")
    expect(phone.locator("input[name=issuer]")).to_have_value("样例市公安局东区分局")
