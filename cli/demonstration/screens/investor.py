"""An investor in front of the pages: each method is a sentence of what he does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from cli.demonstration.screens.browser import PATIENCE
from cli.demonstration.screens.going import go

BUSINESS = "change_settlement_account"
SLOTS = ("id_portrait", "id_emblem", "signature")
DEVICE_CHECK = "设备检测"
AFTER_QUEUEING = re.compile(f"{DEVICE_CHECK}|排队中|视频验证人员")
LOOKED_AT = re.compile("可以使用|请留意|不能使用|can be used|please note|cannot be used", re.IGNORECASE)


@dataclass(frozen=True)
class NewCard:
    """A debit card as it is typed, and its photograph."""

    bank: str
    outlet: str
    number: str
    photo: Path


class Investor:
    """One person, one page of a browser. Titles are given as the person reads them."""

    def __init__(self, page: Page, address: str, business: str = BUSINESS) -> None:
        self.page, self.address, self.business = page, address, business

    # -- moving about --

    def opens(self, path: str) -> Investor:
        go(self.page, self.address + path)
        return self

    def sees(self, title: str | re.Pattern[str], patience: float = PATIENCE) -> Investor:
        """The page's one heading; its scripts have run then, as they have for anybody who reads before he clicks."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=patience)
        self.page.wait_for_load_state()
        return self

    def is_refused(self, *texts: str) -> Investor:
        """The step stays, and the summary on top says why."""
        summary = self.page.locator("#error-summary")
        expect(summary).to_be_visible()
        for text in texts:
            expect(summary).to_contain_text(text)
        self.page.wait_for_load_state()
        return self

    def reads(self, text: str | re.Pattern[str]) -> Investor:
        expect(self.page.locator("#content")).to_contain_text(text)
        return self

    def presses(self, name: str) -> Investor:
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def follows(self, name: str) -> Investor:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def ticks(self, name: str) -> Investor:
        """A box by its field's name."""
        self.page.locator(f"input[type=checkbox][name='{name}']").check()
        return self

    def goes_on(self) -> Investor:
        """The primary button, whatever it is called."""
        self.page.locator("form.step-form .button-row .button-primary").click()
        return self

    def goes_back(self) -> Investor:
        self.page.locator("form.step-form .button-row button[formaction$='/back']").click()
        return self

    @property
    def case_id(self) -> str:
        return self.page.url.split("/cases/")[1].split("/")[0]

    @property
    def number(self) -> str:
        """The 受理单号 at the foot of a case's page."""
        return self.page.locator(".site-footer .number").last.inner_text()

    # -- 我的业务 --

    def finds_pending(self, status: str) -> Investor:
        expect(self.page.locator("table[aria-labelledby=pending]")).to_contain_text(status)
        return self

    def finds_done(self, status: str) -> Investor:
        expect(self.page.locator("table[aria-labelledby=done]")).to_contain_text(status)
        return self

    def starts(self) -> Investor:
        self.page.locator(f"form[action$='/my/start/{self.business}'] button").click()
        return self

    # -- sign-in --

    def fills_in_as(self, key: str) -> Investor:
        """The demonstration's panel fills in the form and puts the certificate of who has one into this browser."""
        self.opens(f"/sign-in/{self.business}")
        self.page.locator(f"button[name=person][value='{key}']").click()
        certificate = self.page.locator("[data-sample-certificate]")
        if certificate.count():
            expect(certificate).to_contain_text("✓")
        return self

    def signs_in_as(self, key: str) -> Investor:
        self.fills_in_as(key)
        self.page.locator("button.button-primary[name=action][value=go]").click()
        return self

    # -- photographs --

    def slot(self, slot: str) -> Locator:
        return self.page.locator(f"[id='slot-{slot.replace(':', '-')}']")

    def uploads(self, slot: str, photo: Path) -> Investor:
        self.page.wait_for_load_state()  # before its script has run the page does not hear of a file
        self.page.locator(f"input[name='photo-{slot}']").set_input_files(photo)
        return self

    def uses_specimen(self, slot: str) -> Investor:
        self.slot(slot).locator("button[formaction*='/demonstration/']").click()
        return self

    def adjusts_corners(self, slot: str) -> Locator:
        """The corner editor of a photograph, with its picture in it."""
        self.slot(slot).get_by_role("button", name="调整四角").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="左上角")).to_be_focused()
        return dialog

    def drags_corner(self, name: str, towards: str) -> None:
        """With the mouse, most of the way to another corner: over the middle, where the outline becomes none."""
        handle = self.page.get_by_role("button", name=name)
        here, there = handle.bounding_box(), self.page.get_by_role("button", name=towards).bounding_box()
        assert here and there
        handle.hover()
        self.page.mouse.down()
        at = [here[axis] + here["width"] / 2 + 0.7 * (there[axis] - here[axis]) for axis in ("x", "y")]
        self.page.mouse.move(at[0], at[1], steps=3)
        self.page.mouse.up()

    def waits_for(self, *slots: str) -> Investor:
        """Until the photographs have been looked at."""
        for slot in slots:
            expect(self.slot(slot).locator(".slot-head .state")).to_have_text(LOOKED_AT)
        return self

    def submits_photos(self) -> Investor:
        self.waits_for(*SLOTS)
        return self.ticks("identity_consent").goes_on()

    def checks_photos(self) -> Investor:
        return self.ticks("photos_checked").ticks("responsibility").goes_on()

    # -- bank cards --

    def deletes_first_card(self) -> Investor:
        self.page.locator("input[name='cards.remove']").first.check()
        return self

    def adds_card(self, card: NewCard) -> Investor:
        self.page.locator("button[name=add_row]").click()
        row = self.page.locator("input[type=hidden][name^='cards.'][name$='.row']").last.input_value()
        self.page.locator(f"[name='cards.{row}.bank']").select_option(card.bank)
        self.page.locator(f"[name='cards.{row}.outlet']").fill(card.outlet)
        self.page.locator(f"[name='cards.{row}.number']").fill(card.number)
        return self.uploads(f"bank_card:{row}", card.photo).waits_for(f"bank_card:{row}")

    def submits_cards(self) -> Investor:
        return self.ticks("bank_cards_consent").goes_on()

    # -- the video --

    def queues(self, button: str = "开始视频通话") -> Investor:
        """Into the line, by way of the check of the devices unless one still holds."""
        self.presses(button)
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(AFTER_QUEUEING)
        if heading.inner_text() == DEVICE_CHECK:
            self.checks_simulated_devices().presses("进入排队")
        return self

    def checks_simulated_devices(self) -> Investor:
        """The devices of a demonstration; real ones are tried in tests of their own."""
        self.sees(DEVICE_CHECK)
        self.page.locator(".device-simulated > summary").click()
        self.presses("用模拟设备检测")
        expect(self.page.locator("[data-passed]")).to_be_visible()
        return self

    def books(self, half: str = "") -> Investor:
        """From the video page: half a day such as 2026-11-24.am, or the first that has a place."""
        self.presses("预约视频").sees("预约视频")
        chosen = f"[value='{half}']" if half else ":enabled"
        self.page.locator(f"input[name=appointment]{chosen}").first.check()
        return self.goes_on()

    def installs_certificate(self) -> Investor:
        self.page.locator("[data-install]").click()
        expect(self.page.locator("[data-certificate=install] [data-state=found]")).to_be_visible()
        return self.goes_on()

    # -- certificate and signature --

    def detects_certificate(self) -> Investor:
        expect(self.page.locator("[data-certificate=detect] [data-state=found]")).to_be_visible()
        return self.goes_on()

    def reads_and_ticks_agreements(self) -> Investor:
        """Scroll each text to its end, which wakes its tick."""
        for text in self.page.locator("[data-read-for]").all():
            text.evaluate("text => { text.scrollTop = text.scrollHeight; }")
        for tick in self.page.locator("input[type=checkbox][name=agreements]").all():
            tick.check()
        return self

    def signs(self) -> Investor:
        return self.reads_and_ticks_agreements().goes_on()
