"""What every walk of the gallery shares: windows for separate people, and somebody who looks at each page."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from cli.demonstration.people import INVESTORS, SampleInvestor
from cli.demonstration.pictures import CARD, path_of
from cli.demonstration.screens.browser import window
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.going import go
from cli.demonstration.screens.investor import Investor, NewCard
from webapp.bodies import LARGEST

Look = Callable[[Page, str], None]
PEOPLE = {person.key: person for person in INVESTORS}
WAITING = re.compile(r"/waiting$")


@dataclass(frozen=True)
class Visit:
    """To one running demonstration. `look` is called with each page and its speaking name."""

    opened: Browser
    address: str
    look: Look
    windows: list[BrowserContext] = field(default_factory=list)

    def page(self) -> Page:
        """A window of somebody's own."""
        self.windows.append(window(self.opened))
        return self.windows[-1].new_page()

    def visitor(self) -> Investor:
        return Investor(self.page(), self.address)

    def desk(self) -> Desk:
        return Desk(self.page(), self.address)

    def look_while_waiting(self, me: Investor, submits: Callable[[], object], name: str) -> None:
        """The page that waits goes on by itself: it is held for as long as somebody looks."""
        me.page.route(WAITING, lambda route: route.abort())
        submits()
        me.sees("正在处理您提交的内容")
        self.look(me.page, name)
        me.page.unroute(WAITING)
        go(me.page)

    def without_scripts(self, page: Page) -> Page:
        """The same person at the same page, in a window into which none of its scripts come."""
        self.windows.append(window(self.opened))
        self.windows[-1].route("**/*.js*", lambda route: route.abort())
        self.windows[-1].add_cookies(page.context.cookies())  # type: ignore[arg-type]
        same = self.windows[-1].new_page()
        same.goto(page.url)
        return same

    def sends_too_much(self, page: Page, field: str, button: str) -> None:
        """One byte more than the product reads at once, of a file that takes no room on the disk."""
        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            file.truncate(LARGEST + 1)
            page.locator(field).first.set_input_files(file.name)
            clicks(page, button)

    def end(self) -> None:
        for context in self.windows:
            context.close()


def clicks(page: Page, selector: str) -> None:
    """Click the first of these, and be on the page that it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def card_of(person: SampleInvestor) -> NewCard:
    card = person.new_card
    return NewCard(card.bank, card.outlet, card.number, path_of(person, CARD))
