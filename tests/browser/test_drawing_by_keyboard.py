"""The diagram editor without a mouse: a step comes between two others, a flow leads elsewhere, all of it is undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS, SIGNING, STEP = "supplementary_agreement", "processes/shared/signing.bpmn", "sign_agreements"
LATIN = re.compile("[A-Za-z]")


def at_the_canvas(page: Page, town: Town, login: str) -> Page:
    """A step chosen in the table below the drawing; from its properties back to the canvas."""
    me = Analyst(page, town.product.address).signs_in_as(town.colleague(login, login, "analyst"))
    me.opens_business(BUSINESS).begins_a_draft().opens_diagram(SIGNING)
    page.locator(f"#row-{STEP} button").first.press("Enter")
    expect(page.locator("#modeler-panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(canvas(page)).to_be_focused()
    return page


def canvas(page: Page) -> Locator:
    return page.locator("#modeler-canvas svg[tabindex]")


def told(page: Page) -> Locator:
    """What a screen reader is told of the element that is selected."""
    return page.locator("#modeler-told")


def presses(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    presses(page, "Control+s")
    expect(page.locator("#modeler-state")).to_have_text("已保存")


def test_a_step_is_put_between_two_others_and_named(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "keys.one")
    after = page.locator(f"#row-{STEP} .flow-list a").first.inner_text()
    presses(page, "Alt+ArrowRight")
    expect(told(page)).to_contain_text("连线")
    presses(page, "n")
    expect(page.get_by_role("button", name="步骤（用户任务）")).to_be_focused()
    presses(page, "Enter")
    page.locator(".djs-direct-editing-content").wait_for()
    page.keyboard.type("阅读风险提示")
    presses(page, "Enter")
    expect(told(page)).to_have_text("步骤（用户任务） 阅读风险提示")
    expect(canvas(page)).to_be_focused()
    presses(page, "Alt+ArrowRight")
    expect(told(page)).to_contain_text(f"阅读风险提示 → {after}")
    saved(page)
    expect(page.locator(f"#row-{STEP} .flow-list").first).to_contain_text("阅读风险提示")
    row = page.locator("#diagram-table tbody tr", has=page.get_by_role("rowheader", name="阅读风险提示"))
    expect(row.locator(".flow-list")).to_contain_text(after)
    expect(row).to_contain_text("投资者")


def test_what_was_drawn_is_undone_and_a_flow_leads_elsewhere(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "keys.two")
    shapes = page.locator("#modeler-canvas .djs-element")
    before = shapes.count()
    presses(page, "Alt+ArrowRight", "n", "Enter", "Escape")
    expect(shapes).not_to_have_count(before)
    expect(canvas(page)).to_be_focused()
    presses(page, "Control+z")
    expect(shapes).to_have_count(before)
    page.locator(f"#row-{STEP} button").first.press("Enter")
    presses(page, "Escape", "k")
    expect(page.locator("#modeler-connect-to")).to_be_focused()
    presses(page, "Tab", "Enter")
    expect(told(page)).to_contain_text("签署协议 →")
    expect(canvas(page)).to_be_focused()
    presses(page, "Delete")
    expect(shapes).to_have_count(before)
    presses(page, "?")
    expect(page.get_by_role("heading", name="不用鼠标画图")).to_be_visible()
    presses(page, "Escape")
    expect(canvas(page)).to_be_focused()


def test_the_panel_calls_every_kind_by_its_chinese_name(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "keys.three")
    for row in page.locator("#diagram-table tbody tr button").all():
        row.press("Enter")
        kind = page.locator(".bio-properties-panel-header-type").inner_text()
        assert kind and not LATIN.search(kind), kind
