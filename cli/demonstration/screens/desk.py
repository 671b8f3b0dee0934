"""A member of staff at the desk: each method is a sentence of what he does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Page, expect

from cli.demonstration.people import PASSWORD
from cli.demonstration.screens.going import go

ARRIVED = re.compile(r"/(desk|desk/supervise|administration/people)(\?.*)?$")


class Desk:
    """One member of staff, one page of a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def opens(self, path: str) -> Desk:
        go(self.page, self.address + path)
        return self

    def reads(self, text: str) -> Desk:
        expect(self.page.locator("#content")).to_contain_text(text)
        return self

    def signs_in_as(self, login: str, *, panel: bool = True) -> Desk:
        """By the button of the demonstration's panel beside the colleague's name; who is not there types."""
        self.opens("/staff/sign-in")
        if panel:
            self.page.locator(f"form:has(input[type=hidden][name=login][value='{login}']) button").click()
        else:
            self.types_sign_in(login, PASSWORD)
        self.page.wait_for_url(ARRIVED)
        return self

    def types_sign_in(self, login: str, password: str) -> Desk:
        self.page.locator("input[name=login]:visible").fill(login)
        self.page.locator("input[name=password]:visible").fill(password)
        self.page.locator("input[name=password]:visible").press("Enter")
        return self

    def sees_queue(self) -> Desk:
        return self.opens("/desk")

    def opens_case(self, number: str) -> Desk:
        """From the queue, by its 受理单号."""
        self.sees_queue()
        with self.page.expect_navigation():
            self.page.locator(f".queue-list li:has-text('{number}') a[data-queue-item]").click()
        return self

    def waits_for_case(self, number: str) -> Desk:
        """Until it comes into his queue."""
        row = self.page.locator(f".queue-list li:has-text('{number}')")
        for _ in range(60):
            if self.sees_queue() and row.count():
                break
            self.page.wait_for_timeout(500)
        expect(row).to_have_count(1)
        return self

    def wants_it(self) -> Desk:
        """Presses 领取, whatever comes of it."""
        self.page.locator("button[data-key=c]").click()
        return self

    def holds_a_case(self) -> bool:
        """Whether a case lies open before him, to be decided."""
        return self.page.locator(".desk-decision").count() > 0

    def gives_back(self) -> Desk:
        self.page.locator("form[action$='/release'] button").click()
        return self

    def claims(self) -> Desk:
        self.wants_it()
        self.page.locator(".desk-decision").wait_for()
        self.page.wait_for_load_state()  # its scripts have run, as they have for anybody who reads before he clicks
        return self

    def calls_next(self) -> Desk:
        """Whoever is first in line."""
        self.sees_queue()
        with self.page.expect_navigation():
            self.page.locator("button[data-key=n]").click()
        self.page.wait_for_load_state()
        return self

    def shows_himself(self) -> Desk:
        """By the simulated camera of a demonstration."""
        self.page.locator("[data-simulate]").click()
        expect(self.page.locator("[data-simulated]")).to_be_visible()
        return self

    def ticks_all(self) -> Desk:
        """Every question of the call, answered well."""
        self.page.locator("input[type=radio][value=pass]").check()
        ticks = self.page.locator(".desk-decision input[type=checkbox]:visible")
        ticks.first.wait_for()
        for tick in ticks.all():
            tick.check()
        for answered in self.page.locator(".question input[value=right]").all():
            answered.check()
        return self

    def passes(self) -> Desk:
        self.page.locator("input[type=radio][value=pass]").check()
        return self.decides()

    def rejects(self, reasons: Mapping[str, str]) -> Desk:
        """Codes of the catalogue; an empty text leaves what the catalogue says to the customer."""
        self.page.locator("input[type=radio][value=reject]").check()
        for code, text in reasons.items():
            self.page.locator(f"[id='reason-{code}']").check()
            if text:
                self.page.locator(f"[id='reason-{code}-text']").fill(text)
        return self.decides()

    def breaks_off(self) -> Desk:
        """用户中断, by its own button."""
        with self.page.expect_navigation():
            self.page.locator("button[value=interrupted]").click()
        return self

    def decides(self) -> Desk:
        with self.page.expect_navigation():
            self.page.locator("button[data-key=s]").click()
        return self
