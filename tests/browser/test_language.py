"""English by a switch, on every page: no sentence of ours is left in Chinese."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from cli.demonstration.screens.gallery import PUBLIC
from cli.demonstration.screens.investor import BUSINESS
from tests.browser.line import to_certificate
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHINESE_LEFT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentElement;
    if (place.closest("[lang|=zh], script, style, noscript, .sample-people, textarea")) continue;
    if (/[\\u4e00-\\u9fff]/.test(node.textContent)) found.push(node.textContent.trim());
  }
  return found;
}"""
DATA = re.compile("样本|样例市|样例省|长期")


def chinese_left(page: Page) -> list[str]:
    """What still reads Chinese, without what is data: names of people and places, legal texts marked as Chinese."""
    return [text for text in page.evaluate(CHINESE_LEFT) if not DATA.search(text)]


def test_public_pages_are_wholly_english(page: Page, town: Town) -> None:
    page.goto(f"{town.product.address}/?lang=en")
    left = {}
    for path in (*PUBLIC.values(), f"/sign-in/{BUSINESS}", "/sign-in", "/no-such-page"):
        page.goto(town.product.address + path)
        left[path] = chinese_left(page)
    assert not {path: texts for path, texts in left.items() if texts}
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_switch_keeps_the_step_and_the_steps_are_english(page: Page, town: Town) -> None:
    me = to_certificate(town, page, town.somebody(), certificate=False)
    here = page.url
    page.get_by_role("link", name="English").click()
    me.sees("Certificate check")
    assert page.url == here
    left = {"certificate": chinese_left(page)}
    for title in ("Bank cards", "Basic data", "Confirm photos", "Upload photos"):
        me.goes_back().sees(title)
        left[title] = chinese_left(page)
    me.opens("/my")
    left["my business"] = chinese_left(page)
    assert not {path: texts for path, texts in left.items() if texts}
    page.get_by_role("link", name="中文").click()
    me.sees("我的业务")
