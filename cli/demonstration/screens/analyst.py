"""An analyst at the businesses: each method is a sentence of what he does."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page

from cli.demonstration.people import PASSWORD
from cli.preparing import ROOT

FLOW_BACK = re.compile(
    r'<bpmn:sequenceFlow [^>]*targetRef="chain_head"[^>]*?(?:/>|>.*?</bpmn:sequenceFlow>)', re.DOTALL
)

TRIAL_MS = 150_000
"""After which the server itself ends a trial."""


class Analyst:
    """One analyst, one page of a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def opens(self, path: str) -> Analyst:
        self.page.goto(self.address + path)
        return self

    def signs_in_as(self, login: str) -> Analyst:
        self.opens("/staff/sign-in")
        self.page.locator("input[name=login]:visible").fill(login)
        self.page.locator("input[name=password]:visible").fill(PASSWORD)
        self.page.locator("input[name=password]:visible").press("Enter")
        self.page.wait_for_url("**/studio")
        return self

    def opens_business(self, business: str) -> Analyst:
        return self.opens(f"/studio/{business}")

    def begins_a_draft(self) -> Analyst:
        """Of the business whose page is open."""
        return self._presses("form[action$='/drafts'] button")

    def opens_diagram(self, file: str) -> Analyst:
        """From the page of a draft; there once the canvas is."""
        self.opens_file(file).page.locator("#modeler[data-state=open]").wait_for()
        return self

    def opens_file(self, file: str) -> Analyst:
        """From the page of a draft, in the editor of its kind."""
        self.page.locator(f'main a[href$="{file}"]').first.click()
        return self

    def selects(self, element: str) -> Analyst:
        """By its row in the table, so that its properties are shown."""
        self.page.locator(f"#row-{element} button").first.click()
        self.page.locator("[data-entry-id=kaihu-status]").wait_for()
        return self

    def opens_the_keys(self) -> Analyst:
        """The list of the keys with which one draws, over the diagram."""
        self.page.locator("#modeler-keys-open").click()
        self.page.locator("#modeler-keys[open]").wait_for()
        return self

    def adds_a_lane(self, name: str) -> Analyst:
        """To the diagram that is open, for the first role that has none."""
        self.page.locator("#lane-added-name").fill(name)
        self._presses("form[action*='/lanes/'] button[value=add]")
        self.page.locator("#modeler[data-state=open]").wait_for()
        return self

    def takes_the_lane_out(self) -> Analyst:
        return self._presses("form[action*='/lanes/'] button[name=remove]")

    def asks_for_another_kind(self) -> Analyst:
        """Of the part that is open: what it would lose."""
        self.page.locator("#turning summary").click()
        self.page.locator("#field-become").select_option("textfield")
        return self._presses("button[name=turn]")

    def throws_the_draft_away(self) -> Analyst:
        self.page.locator(".studio-discard summary").click()
        return self._presses(".studio-discard form button")

    def hands_in(self, name: str, data: bytes) -> Analyst:
        """One changed file of the business whose page is open."""
        self.page.locator("input[type=file]").set_input_files(FilePayload(name=name, mimeType="text/xml", buffer=data))
        return self._presses(".upload-form button")

    def hands_in_banks(self, table: str, note: str) -> Analyst:
        """The table of card numbers, to be looked at first."""
        self.opens("/studio/company/banks").page.locator("textarea[name=note]").fill(note)
        return self.hands_in("banks.csv", table.encode())

    def confirms(self) -> Analyst:
        return self._presses(".button-row button")

    def tries(self) -> Analyst:
        """The scenarios are played; that takes its time, and the page says when it is over."""
        self._presses("form[action$='/trial'] button")
        self.page.locator("#scenarios").wait_for(timeout=TRIAL_MS)
        return self

    def plays(self, draft: str) -> Analyst:
        """A draft in the sandbox, from its first page on."""
        return self.opens(f"{draft}/play")._presses("form[action$='/play'] button")

    def lets_pass(self, time: str) -> Analyst:
        """In the sandbox."""
        self.page.locator("input[name=advance]").fill(time)
        return self._presses("form.sandbox-time button")

    def publishes(self, note: str) -> Analyst:
        self.page.locator("textarea[name=note]").fill(note)
        return self._presses("form[action$='/publish'] button")

    def takes_back(self, note: str) -> Analyst:
        self.page.locator("textarea[name=note]").fill(note)
        return self._presses("form:has(textarea) button")

    def sees_the_impact(self) -> Analyst:
        """Of the proposal whose page is open, on running cases; the page says when it is over."""
        self.page.goto(self.page.url + "/impact")
        return self._waits_for_copies("form[method=post]:not([action]) button")

    def sees_the_difference(self) -> Analyst:
        """Of the proposal whose page is open, both drawings beside one another."""
        return self.opens(self.page.url.removeprefix(self.address) + "/difference")

    def chooses_a_share(self, percent: str) -> Analyst:
        """Of the new cases that try it first."""
        share = self.page.locator("input[name=share]")
        if not share.is_visible():
            self.page.locator("details:has(input[name=share]) summary").click()
        share.fill(percent)
        return self

    def stops_the_trial(self) -> Analyst:
        return self._presses("button[name=what][value=stop]")

    def tries_the_newest(self) -> Analyst:
        """Every running case on a copy of the newest version."""
        self.page.locator("select[name=to]").select_option(index=1)
        return self._waits_for_copies("form[action$='/trial'] button")

    def _waits_for_copies(self, button: str) -> Analyst:
        self._presses(button)
        self.page.locator("[data-tried]").wait_for(timeout=TRIAL_MS)
        return self

    def migrates(self, note: str) -> Analyst:
        self.page.locator("textarea[name=note]").fill(note)
        return self._presses("form:has(textarea) button")

    def waits_for_the_last(self) -> Analyst:
        self.page.locator("#migration:not([hx-post])").wait_for()
        return self

    def puts_away(self) -> Analyst:
        return self._presses("form.studio-discard[action$='/discard'] button")

    def _presses(self, button: str) -> Analyst:
        with self.page.expect_navigation():
            self.page.locator(button).click()
        return self


def drawn(business: str) -> bytes:
    """The flow of the steps as it is."""
    return _handling(business).encode()


def renamed(business: str) -> bytes:
    """The flow of the steps with the name of one of them changed to a name that another has."""
    text = _handling(business)
    first, second = re.findall(r'<bpmn:userTask id="\w+" name="([^"]+)"', text)[:2]
    return text.replace(f'name="{first}"', f'name="{second}"', 1).encode()


def broken(business: str) -> bytes:
    """The same without the last flow that leads back to the head of the chain of steps."""
    back = FLOW_BACK.findall(_handling(business))
    return _handling(business).replace(back[-1], "").encode()


def _handling(business: str) -> str:
    return (ROOT / "processes" / business / "handling.bpmn").read_text("utf-8")
