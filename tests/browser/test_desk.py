"""The desk: one winner of a claim, the loser reads who was faster; another branch sees nothing; four keys do it all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.browser import HEIGHTS, PHONE
from cli.demonstration.screens.desk import Desk
from tests.browser.conftest import Windows
from tests.browser.line import to_review
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_two_reviewers_want_one_case(page: Page, reviewer: Desk, town: Town, new_window: Windows) -> None:
    number = town.number_of(to_review(town, page, town.somebody()).case_id)
    colleague = Desk(new_window(), town.product.address)
    colleague.signs_in_as(town.colleague("second.bj", "尹快", "reviewer"), panel=False)
    elsewhere = town.desk(new_window(), "reviewer.sh")

    reviewer.opens_case(number)
    colleague.opens_case(number).claims().reads("显示完整号码")
    reviewer.wants_it().reads("尹快 更快一步")
    reviewer.opens_case(number).reads("尹快").reads("资料只向领取人显示")
    expect(reviewer.page.locator(".desk-decision")).to_have_count(0)
    elsewhere.sees_queue()
    expect(elsewhere.page.locator("#queue")).not_to_contain_text(number)

    colleague.gives_back().reads("已退回队列")
    reviewer.opens_case(number).claims().reads("我已领取")
    reads_by_tabs(reviewer.page)


def reads_by_tabs(page: Page) -> None:
    """On a phone one pane is there at a time; the tab that is open is marked, and no way down hides the tabs."""
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    panes = {"待办队列": "#list", "资料": "#case", "决定": "#decision"}
    for name in ("资料", "待办队列", "决定"):
        tab = page.locator(".desk-tabs").get_by_role("link", name=name, exact=True)
        if name != "资料":
            tab.click()
        for other, pane in panes.items():
            expect(page.locator(pane)).to_be_visible(visible=other == name)
        expect(tab).to_have_css("font-weight", "600")
        page.mouse.wheel(0, 2_000)
        expect(tab).to_be_in_viewport()


def test_the_desk_is_served_by_keys_alone(page: Page, reviewer: Desk, town: Town) -> None:
    number = town.number_of(to_review(town, page, town.somebody()).case_id)
    keys = reviewer.sees_queue().page.keyboard
    keys.press("?")
    expect(reviewer.page.get_by_text("在队列中上下移动")).to_be_visible()
    keys.press("/")
    expect(reviewer.page.locator("#find-number")).to_be_focused()
    reviewer.page.locator("#content h1").click()
    row = reviewer.page.locator(f".queue-list li:has-text('{number}') a[data-queue-item]")
    for _ in range(reviewer.page.locator("a[data-queue-item]").count()):
        keys.press("j")
        if row.evaluate("one => one === document.activeElement"):
            break
    keys.press("Enter")
    expect(reviewer.page.locator("h1")).to_contain_text("复核")
    reviewer.page.wait_for_load_state()
    keys.press("c")
    reviewer.page.locator(".desk-decision").wait_for()
    reviewer.page.wait_for_load_state()
    reviewer.page.locator("input[type=radio][value=pass]").focus()
    keys.press("Space")
    reviewer.page.locator("#content h1").click()
    keys.press("s")
    keys.press("Enter")
    reviewer.reads("已提交")
