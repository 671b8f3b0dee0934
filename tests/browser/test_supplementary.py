"""补签协议 in the browser (S37, G6): an obligation without a number becomes a case, is signed, and is over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from engine.accounts import add_obligation
from tests.browser.line import to_basic_data
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EXTRA = "supplementary_agreement"


def test_an_agreement_is_signed_beside_a_case_in_flight(page: Page, town: Town) -> None:
    who = town.somebody()
    me = to_basic_data(town, page, who)
    with town.store.write() as tx:
        add_obligation(tx, town.store.ids, town.store.clock.now(), who.customer_id, EXTRA, forced=False)
    me.opens("/my")
    town.put_certificate_into(page, who)
    owed = page.locator("tr:has(form[action*='/obligations/'])")
    expect(owed.locator("th .number")).to_have_count(0)
    expect(owed.locator("td[data-label=办理状态], td[data-label=办理日期], td[data-label=备注]")).to_have_text([""] * 3)
    expect(owed.get_by_text("放弃")).to_have_count(0)
    owed.locator("button").click()
    me.sees("证书检测").detects_certificate().sees("签署协议").signs().sees("办理成功")
    me.opens("/my").finds_done("办理成功").finds_pending("办理中")
    expect(page.locator("form[action*='/obligations/']")).to_have_count(0)
