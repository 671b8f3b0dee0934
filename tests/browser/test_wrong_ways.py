"""Back, reload, a pasted address, a second tab, a double click, a stale form: never an error, always the open step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.investor import Investor
from tests.browser.line import to_basic_data
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ALREADY = "您打开的一步已经办过了"


def test_back_reload_and_pasted_addresses_lead_to_the_open_step(page: Page, town: Town) -> None:
    me = to_basic_data(town, page, town.somebody())
    closed = page.url
    page.reload()
    me.sees("个人基本资料").goes_on().sees("银行卡")
    page.goto(closed)
    me.sees("银行卡").reads(ALREADY)
    page.goto(f"{town.product.address}/cases/{me.case_id}/00000000-0000-4000-8000-000000000000")
    me.sees("银行卡")
    page.goto(closed)
    page.go_back()
    me.sees("银行卡")


def test_a_stale_form_in_a_second_tab_is_not_sent_twice(page: Page, town: Town) -> None:
    me = to_basic_data(town, page, town.somebody())
    second = Investor(page.context.new_page(), town.product.address).opens(f"/cases/{me.case_id}").sees("个人基本资料")
    me.goes_on().sees("银行卡")
    second.page.locator("input[name=address]").fill("样例省样例市迟到路1号")
    second.goes_on().sees("银行卡").reads(ALREADY)


def test_two_clicks_and_two_sendings_are_one_submission(page: Page, town: Town) -> None:
    me = to_basic_data(town, page, town.somebody())
    sent = page.evaluate(SEND_TWICE)
    assert sent == [200, 200]
    me.opens(f"/cases/{me.case_id}").sees("银行卡")
    me.follows("查看流程图").sees("您的业务走到了哪里")
    expect(page.get_by_role("row", name="个人基本资料")).to_have_count(1)


SEND_TWICE = """async () => {
  const form = document.querySelector("form.step-form");
  const send = () => fetch(form.action, { method: "POST", body: new FormData(form) });
  return (await Promise.all([send(), send()])).map((answer) => answer.status);
}"""
