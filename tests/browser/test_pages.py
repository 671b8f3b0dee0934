"""Every page, on a phone and on a desk: axe finds nothing (WCAG 2.2 A and AA), and a phone never scrolls sideways."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from cli.demonstration.screens.browser import DESKTOP, PHONE, at_width
from cli.demonstration.screens.gallery import walk
from cli.demonstration.screens.product import Product
from tests.browser.looks import Looks

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

RAW = re.compile(r"\{'|\[object |Markup\(| object at 0x|%\(\w+\)")
"""What a program writes to itself: no reader should meet it."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Inspector:
    """Writes down what is wrong with each page of the walk."""

    def __init__(self) -> None:
        self.script, self.pages, self.wrong, self.looks = Axe().axe_script, 0, list[str](), Looks()

    def look(self, page: Page, name: str) -> None:
        self.pages += 1
        self.looks.begin(page, self.script)
        for width in (DESKTOP, PHONE):
            at_width(page, width)
            self.wrong += [f"{name} at {width}: {line}" for line in self._violations(page)]
        if (too_wide := page.evaluate(SIDEWAYS)) > 0:
            self.wrong.append(f"{name}: {too_wide} px wider than a phone")
        if page.locator("h1").count() != 1:
            self.wrong.append(f"{name}: {page.locator('h1').count()} main headings")
        if raw := RAW.search(page.inner_text("body")):
            self.wrong.append(f"{name} shows {raw.group()}")
        at_width(page, DESKTOP)

    def _violations(self, page: Page) -> list[str]:
        found = self.looks.violations(page)
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


PALE = "color: #ddd"
AGAIN = {
    "the same look": ("", "", []),
    "another colour in the same place": (f" style='{PALE}'", "", [DESKTOP]),
    "another ground in the same place": ("", "main { background: #333 }", [DESKTOP]),
    "another colour on a phone": ("", f"@media (max-width: 640px) {{ p {{ {PALE} }} }}", [PHONE]),
    "another colour on a desk": ("", f"@media (min-width: 641px) {{ p {{ {PALE} }} }}", [DESKTOP]),
}
"""What a second page has that the first had not, and where axe must find it."""


@pytest.mark.parametrize("again", AGAIN)
def test_a_look_that_was_looked_at_hides_no_other(page: Page, again: str) -> None:
    inspector = Inspector()
    style, sheet, found = AGAIN[again]
    for one, more in (("", ""), (style, sheet)):
        page.set_content(
            f"<html lang=en><title>t</title><style>{more}</style><main><h1>a</h1><p class=b{one}>words</p></main>"
        )
        inspector.look(page, "page")
    told = [line for line in inspector.wrong if "color-contrast" in line]
    assert [line.split(":")[0] for line in told] == [f"page at {width}" for width in found]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_only_one_width_shows_is_looked_at(page: Page, width: int) -> None:
    inspector = Inspector()
    other = "min-width: 641px" if width == PHONE else "max-width: 640px"
    hidden = f"<style>@media ({other}) {{ img {{ display: none }} }}</style>"
    page.set_content(f"<html lang=en><title>t</title>{hidden}<main><h1>a</h1><img src='x'></main>")
    inspector.look(page, "page")
    assert [line.split(":")[0] for line in inspector.wrong if "image-alt" in line] == [f"page at {width}"]
