"""A call in two browsers: each method is a sentence of what happens on one of the two pages, or on both."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from tests.browser.head_start import HeadStart
from tests.browser.patience import until
from tests.browser.town import Town
from tests.browser.two_browsers import Pair

DECODED = "one => one.currentTime > 0.2 && one.videoWidth > 0"


@dataclass
class Call:
    """One customer and one verifier. `agreed`: the customer has; `began`: the recording was first seen to run."""

    town: Town
    two: Pair
    me: Investor
    desk: Desk
    case_id: str
    agreed: float = field(default=0.0)
    began: float = field(default=0.0)

    def agrees(self) -> Call:
        self.agreed = time.monotonic()
        self.two.customer.get_by_role("button", name="同意录制并接通").click()
        return self

    def lasted(self) -> tuple[float, float]:
        """Seconds that a film of it has at least and at most, by now: it runs before anybody can have seen it run."""
        now = time.monotonic()
        return now - self.began, now - self.agreed

    def stands(self) -> Call:
        """Both see each other, and it is recorded."""
        for side in (self.two.customer, self.two.verifier):
            expect(side.locator("#call")).to_have_attribute("data-state", "talking")
            picture = side.locator("[data-other]")
            until(lambda: picture.evaluate(DECODED))  # noqa: B023  asked at once
        expect(self.recording).to_have_class("state is-on")
        self.began = self.began or time.monotonic()
        return self

    @property
    def recording(self) -> Locator:
        return self.two.verifier.locator("[data-recording]")

    def takes(self, kind: str) -> Call:
        """A still, until it lies beside the call."""
        self.two.verifier.locator(f"[data-still={kind}]").click()
        expect(self.two.customer.locator(f"[data-pose={kind}]")).to_be_visible()
        expect(self.two.verifier.locator("[data-still-said]")).to_contain_text("已拍下")
        return self

    def runs_for(self, seconds: float) -> Call:
        """What is recorded takes its time."""
        until(lambda: time.monotonic() - self.began >= seconds)
        return self

    def verifier_reads(self, text: str) -> Call:
        expect(self.two.verifier.locator("#call [data-said]")).to_contain_text(text)
        return self

    def customer_reads(self, text: str) -> Call:
        expect(self.two.customer.locator("#call")).to_contain_text(text, use_inner_text=True)
        return self


def called(town: Town, two: Pair) -> Call:
    """The verifier has pressed 接通下一位, and the page on which the customer waited has become that of the call."""
    who = town.somebody()
    case_id = HeadStart(town, who).to_line()
    me = town.enter(two.customer, who).opens(f"/cases/{case_id}").sees("排队中：第 1 位")
    desk = town.desk(two.verifier, "verifier.bj").calls_next()
    me.sees("视频验证人员正在接通")
    return Call(town, two, me, desk, case_id)
