"""The diagram editor in a browser: changed by panel and keyboard, saved, handed in; two people are told apart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS, SIGNING = "supplementary_agreement", "processes/shared/signing.bpmn"
FLOW = "#row-sign_agreements_back li:has(code) button"


def at_the_diagram(page: Page, town: Town, login: str, draft: str = "") -> Analyst:
    me = Analyst(page, town.product.address).signs_in_as(town.colleague(login, login, "analyst"))
    me = me.opens(draft) if draft else me.opens_business(BUSINESS).begins_a_draft()
    return me.opens_diagram(SIGNING)


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#modeler-state")).to_have_text("已保存")


def test_a_name_and_a_condition_are_changed_and_told_as_differences(new_window: Windows, town: Town) -> None:
    page = new_window()
    me = at_the_diagram(page, town, "draws.one").selects("sign_agreements")
    page.locator("[data-group-id=group-general] .bio-properties-panel-group-header").click()
    page.locator(
        "[data-entry-id=name] textarea, [data-entry-id=name] [contenteditable], [data-entry-id=name] input"
    ).first.fill("已签署")
    page.locator(FLOW).click()
    condition = page.locator("textarea[name=kaihu-condition]")
    condition.fill("back and not(")
    condition.press_sequentially("todo.sign_a")
    expect(page.locator(".modeler-offers").get_by_role("option")).to_have_count(1)
    condition.press("Enter")
    expect(condition).to_have_value("back and not(todo.sign_agreements")
    condition.press_sequentially(")")
    saved(page)
    expect(page.locator("#diagram-table")).to_contain_text("back and not(todo.sign_agreements)")
    me.page.get_by_role("link", name="回到草稿").click()
    me.page.get_by_role("button", name="提交为提案").click()
    page.wait_for_url("**/proposals/*")
    expect(page.locator("main")).to_contain_text("back and not(todo.sign_agreements)")
    expect(page.locator("main")).to_contain_text("已签署")


def test_what_a_colleague_saved_is_told_and_ones_own_is_kept_beside_it(new_window: Windows, town: Town) -> None:
    first, second = new_window(), new_window()
    one = at_the_diagram(first, town, "draws.two")
    draft = first.url.removeprefix(town.product.address).split("/diagrams/")[0]
    two = at_the_diagram(second, town, "draws.three", draft)
    for me, status in ((one, "待签"), (two, "等待签署")):
        me.selects("sign_agreements")
        me.page.locator("[data-entry-id=kaihu-status] input").fill(status)
        me.page.locator("[data-entry-id=kaihu-status] input").blur()
    expect(first.locator(".modeler-mark").first).to_be_visible()  # its English is missing
    saved(first)
    second.keyboard.press("Control+s")
    expect(second.locator("#modeler-trouble")).to_contain_text("draws.two")
    second.get_by_role("button", name="把我的改动存为另一份草稿").click()
    second.wait_for_url(lambda url: draft not in url)
    second.locator("#modeler[data-state=open]").wait_for()
    two.selects("sign_agreements")
    expect(second.locator("[data-entry-id=kaihu-status] input")).to_have_value("等待签署")
