"""Two versions beside one another: by keyboard from a sentence to its shape, and from there back to the sentence."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.analyst import Analyst, renamed
from cli.demonstration.screens.browser import DESKTOP, PHONE, at_width
from cli.demonstration.screens.investor import BUSINESS
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]


def test_a_sentence_leads_to_its_shape_and_the_shape_leads_back(page: Page, town: Town) -> None:
    me = Analyst(page, town.product.address).signs_in_as(town.colleague("compares", "何分析", "analyst"))
    me.opens_business(BUSINESS).hands_in("handling.bpmn", renamed(BUSINESS)).sees_the_difference()
    sentence = page.locator(".difference-list li").filter(has_text="改名为").first
    for width in (DESKTOP, PHONE):
        at_width(page, width)
        sentence.get_by_role("link", name="在新图上看").press("Enter")
        shape = page.locator("g:target")
        expect(shape).to_be_in_viewport()
        shape.get_by_role("link").press("Enter")
        expect(sentence).to_be_in_viewport()
        assert page.url.endswith(f"#{sentence.get_attribute('id')}")
    old, new = (page.locator(".difference-pair .flow-picture").nth(number).bounding_box() for number in (0, 1))
    assert old and new and new["y"] >= old["y"] + old["height"], "on a phone one stands below the other"
