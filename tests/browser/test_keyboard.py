"""Sign-in and a step without a mouse: Tab, Space, Enter; the focus is always to be seen, errors take it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.investor import BUSINESS, SLOTS, Investor
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FOCUSED = "one => one === document.activeElement"
RING = """() => {
  const look = getComputedStyle(document.activeElement);
  return parseFloat(look.outlineWidth) >= 2 && look.outlineStyle !== "none";
}"""


def test_signing_in_and_the_first_step_by_keyboard(page: Page, town: Town) -> None:
    who = town.somebody()
    me = Investor(page, town.product.address).opens(f"/sign-in/{BUSINESS}")
    tab_to(page, "input[name=id_number]")
    page.keyboard.type(who.file.id_number)
    tab_to(page, "input[name=picture]")
    page.keyboard.type(town.picture_answer(page))
    page.keyboard.press("Enter")  # asks for the code: that comes next
    code = town.code_sent(page)
    tab_to(page, "input[name=code]")
    page.keyboard.type(code)
    tab_to(page, "input[name=agreed]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    me.sees("上传照片").waits_for(*SLOTS)

    tab_to(page, "form.step-form .button-primary")
    page.keyboard.press("Enter")
    me.is_refused("我单独同意处理我的身份证件")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the summary's link leads to the box
    expect(page.locator("input[name=identity_consent]")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "form.step-form .button-primary")
    page.keyboard.press("Enter")
    me.sees("核对照片")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this control has the focus; each stop on the way shows where one is."""
    target = page.locator(selector)
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if target.evaluate(FOCUSED):
            return
    pytest.fail(f"Tab never came to {selector}")
