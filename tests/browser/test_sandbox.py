"""An analyst plays a draft in the sandbox, sends it back once, rewinds, saves a scenario, and tries it: it holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]


class Sandbox:
    """The page of a play."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, step: str) -> Sandbox:
        expect(self.page.locator("main h2", has_text=step).first).to_be_visible()
        return self

    def done(self) -> Sandbox:
        self.page.get_by_role("button", name="完成这一步").click()
        return self

    def answers(self, result: str) -> Sandbox:
        self.page.get_by_role("button", name=result, exact=True).click()
        return self

    def chooses(self, label: str) -> Sandbox:
        self.page.get_by_label(label, exact=True).check()
        return self


def test_a_way_with_a_rejection_is_recorded_rewound_saved_and_holds(new_window: Windows, town: Town) -> None:
    page = new_window()
    me = Analyst(page, town.product.address).signs_in_as(town.colleague("plays", "plays", "analyst"))
    me.opens_business("change_settlement_account").begins_a_draft()
    page.get_by_role("link", name="在沙盒里走一遍").click()
    page.get_by_role("button", name="开始走").click()
    play = Sandbox(page)
    play.done().answers("最终没有做成")  # the text of the photographs cannot be read, for which there is a road
    play.answers("photos.verdict = ok").at("照片").done().done().done().answers("做成了").answers("cards.verdict = ok")
    play.done().chooses("是").done().done().at("复核")
    play.done()  # nothing was decided
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("退回修改").check()
    page.locator("[name=reasons][value=card_photo_unclear]").check()
    play.done().at("银行卡").done().answers("做成了").answers("cards.verdict = retake").at("银行卡")
    page.get_by_role("button", name="从这里重来").last.click()
    play.answers("cards.verdict = ok").done().done().at("复核").chooses("通过").done()
    play.answers("application.result = applied")
    expect(page.locator("main")).to_contain_text("已经结束：办理成功")
    page.get_by_label("名称").fill("复核退回银行卡，改过之后通过")
    page.get_by_label("文件名").fill("card_sent_back")
    page.get_by_role("button", name="保存为场景").click()
    expect(page.locator("main")).to_contain_text("已保存为场景 card_sent_back.yaml")
    page.get_by_role("link", name="回到草稿").click()
    page.get_by_role("button", name="提交为提案").click()
    page.get_by_role("button", name="试跑场景").click()
    expect(page.locator("#trial-progress progress")).to_be_visible()
    expect(page.locator("main")).to_contain_text("复核退回银行卡，改过之后通过", timeout=120_000)
    expect(page.locator("main")).to_contain_text("检查通过，可以发布")
