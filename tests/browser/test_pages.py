"""Every page, on a phone and on a desk: axe finds nothing (WCAG 2.2 A and AA), and a phone never scrolls sideways."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from cli.demonstration.screens.browser import DESKTOP, PHONE, at_width
from cli.demonstration.screens.gallery import walk
from cli.demonstration.screens.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
RAW = re.compile(r"\{'|\[object |Markup\(| object at 0x|%\(\w+\)")
"""What a program writes to itself: no reader should meet it."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Inspector:
    """Writes down what is wrong with each page of the walk."""

    def __init__(self) -> None:
        self.script, self.pages, self.wrong = Axe().axe_script, 0, list[str]()

    def look(self, page: Page, name: str) -> None:
        self.pages += 1
        page.evaluate(self.script)
        for width in (PHONE, DESKTOP):
            at_width(page, width)
            self.wrong += [f"{name} at {width}: {line}" for line in self._violations(page)]
        at_width(page, PHONE)
        if (too_wide := page.evaluate(SIDEWAYS)) > 0:
            self.wrong.append(f"{name}: {too_wide} px wider than a phone")
        if page.locator("h1").count() != 1:
            self.wrong.append(f"{name}: {page.locator('h1').count()} main headings")
        if raw := RAW.search(page.inner_text("body")):
            self.wrong.append(f"{name} shows {raw.group()}")
        at_width(page, DESKTOP)

    def _violations(self, page: Page) -> list[str]:
        found = page.evaluate("options => axe.run(document, options).then(all => all.violations)", OPTIONS)
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]} {one['help']}" for one in found]


def test_every_page_is_for_everybody(chrome: Browser, product: Product) -> None:
    inspector = Inspector()
    walk(chrome, product, inspector.look)
    assert not inspector.wrong, "\n".join(inspector.wrong)
    assert inspector.pages > 185


def test_the_inspector_sees_what_is_wrong(page: Page) -> None:
    inspector = Inspector()
    page.set_content(
        "<h1>a</h1><h1>b</h1><img src='x'><p style='width: 500px; color: #ddd; background: #fff'>pale {'half': 1}</p>"
    )
    inspector.look(page, "bad")
    for wrong in ("image-alt", "color-contrast", "html-has-lang", "wider than a phone", "2 main headings", "shows {'"):
        assert wrong in "\n".join(inspector.wrong)
