"""A decision table in a browser, by the keyboard alone: Enter in a field saves, a button leads to the rule it made."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS = "supplementary_agreement"


def test_a_table_is_changed_by_the_keyboard_alone(new_window: Windows, town: Town) -> None:
    page = new_window()
    me = Analyst(page, town.product.address).signs_in_as(town.colleague("types.one", "types.one", "analyst"))
    me.opens_business(BUSINESS).begins_a_draft()
    page.get_by_role("link", name="能否补签协议").press("Enter")
    cell = page.locator("#t0-line-0-test-0")
    cell.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("not(")
    page.locator("button[value=line-add-1]").press("Enter")
    page.wait_for_url("**#t0-line-1")
    expect(cell).to_have_value("not(")
    expect(page.locator("#t0-line-0-test-0-why")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#t0-line-1-test-0")).to_be_focused()
    cell.fill("not(true)")
    page.locator("#t0-name").press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.locator("tr[id^=t0-line]")).to_have_count(5)
    expect(page.locator(".sheet .error").first).to_contain_text("永远轮不到")  # below a rule that always hits
