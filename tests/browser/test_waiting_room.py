"""In line: a tone that one has asked for sounds when it is one's turn, and the page says who is there to call."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.desk import Desk
from tests.browser.line import to_line
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

COUNT_TONES = """
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  sessionStorage.setItem("tones", Number(sessionStorage.getItem("tones") ?? 0) + 1);
  return start.apply(this, at);
};
"""


def tones(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.getItem('tones') ?? 0)"))


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "control: not asked for"])
def test_a_tone_sounds_when_it_is_ones_turn(page: Page, town: Town, verifier: Desk, asked: bool) -> None:
    page.context.add_init_script(COUNT_TONES)
    me = to_line(town, page, town.somebody())
    button = page.locator("#line-tone button")
    expect(button).to_have_text("轮到我时响提示音")
    if asked:
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    tried = tones(page)
    assert tried == (2 if asked else 0), "one hears how it will sound"
    verifier.calls_next()
    page.clock.run_for(8_000)
    me.sees("视频验证人员正在接通")
    assert tones(page) == 2 * tried
    assert page.title().startswith("轮到您了：")


def test_the_page_says_whether_a_verifier_is_there_and_how_long_it_will_be(
    page: Page, town: Town, verifier: Desk
) -> None:
    says(verifier.sees_queue(), "转为休息", "休息")
    to_line(town, page, town.somebody())
    wait = page.locator("#wait")
    expect(wait).to_have_text("目前没有视频验证人员在线")
    says(verifier, "上线", "在线")
    page.clock.run_for(61_000)
    expect(wait).to_contain_text("马上，有视频验证人员空闲 （在岗 1 人")
    says(verifier, "转为休息", "休息")
    page.clock.run_for(61_000)
    expect(wait).to_have_text("目前没有视频验证人员在线")


def says(verifier: Desk, button: str, state: str) -> None:
    verifier.page.get_by_role("button", name=button).click()
    expect(verifier.page.locator("#my-presence")).to_contain_text(f"我的状态：{state}")
