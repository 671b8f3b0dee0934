"""One story of an analyst, from the open diagram to the way back: a step more after the second review.

He inserts the step with a form of its own, is told of the field that is missing, mends it, records a scenario, sees
what is different and what running cases would do, publishes, migrates a case that was sent back twice, watches it on
the live diagram, and lets new cases take the version of before.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.analyst import Analyst
from engine.bundles.choosing import published
from tests.browser.conftest import Windows
from tests.browser.head_start import HeadStart
from tests.browser.patience import until
from tests.browser.town import Town
from tests.house import CHANGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

FLOW = "second_review_outcome__second_review_passed"
STEP, FORM = "archive_papers", f"{CHANGE}/archive_papers"
ENGLISH = {"归档资料": "File the papers", "待归档": "To be filed", "已归档": "Filed", "没有归档的原因": "Why not filed"}
SECOND = f"processes/{CHANGE}/scenarios/second_review.yaml"
PASSED = "  - second_review: {second_review.decision: pass}\n"


class Story(Analyst):
    """What this analyst does besides, each a sentence."""

    draft = ""
    """Its address, without that of the product."""

    def inserts_a_step_on(self, flow: str) -> Story:
        """From the palette, by the mouse, dropped on the flow in the reviewers' lane."""
        self.page.locator(".djs-palette [data-action='create.task']").click()
        line = self.page.locator(f".djs-connection[data-element-id='{flow}']").bounding_box()
        assert line is not None
        self.page.mouse.move(line["x"] + line["width"] / 2, line["y"] + line["height"] / 2, steps=4)
        self.page.mouse.click(line["x"] + line["width"] / 2, line["y"] + line["height"] / 2)
        self.page.locator("[data-group-id=group-general] .bio-properties-panel-group-header").click()
        return self

    def says(self, entry: str, text: str) -> Story:
        """In the panel, of what is selected."""
        place = self.page.locator(f"[data-entry-id='{entry}']")
        field = place.locator("input, textarea, select, [contenteditable]").first
        if field.evaluate("one => one.localName") == "select":
            field.select_option(text)
        else:
            field.fill(text)
            field.blur()
        return self

    def saves_the_diagram(self) -> Story:
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("#modeler-state")).to_have_text("已保存")
        return self

    def changes_the_text_of(self, file: str, old: str, new: str) -> Story:
        self.opens(f"{self.draft}/texts/{file}")
        box = self.page.locator("#field-text")
        text = box.input_value()
        assert old in text
        box.fill(text.replace(old, new, 1))
        self.page.get_by_role("button", name="保存", exact=True).click()
        expect(self.page.get_by_text("已保存").first).to_be_visible()
        return self


def english(page: Page, words: dict[str, str]) -> None:
    """From the finding that one is missing, to the table in which all of them stand."""
    page.get_by_role("link", name="填写英文").first.click()
    for text, said in words.items():
        page.get_by_label(f"英文：{text}", exact=True).fill(said)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("每一条都有英文")


def sent_back_twice(town: Town) -> HeadStart:
    """A case of a house with a second review, which has sent it back to the cards twice, at the first review again."""
    case, by = HeadStart(town, town.somebody()), town.actor("reviewer.bj")
    case.to_review()
    for _ in range(2):
        case.reject("review", "outlet_wrong", by=by, review__decision="reject")
        case.give_cards()
        case.do("sign_agreements")
    assert case.steps == ["review"]
    return case


def test_from_an_open_diagram_to_the_way_back(new_window: Windows, town: Town) -> None:
    case, page = sent_back_twice(town), new_window()
    me = Story(page, town.product.address)
    me.signs_in_as(town.colleague("tells", "tells", "analyst"))
    me.opens_business(CHANGE).begins_a_draft()
    me.draft = page.url.removeprefix(town.product.address)
    makes_the_form(page)
    inserts_the_step(me)
    mends_what_is_missing(me)
    records(page)
    before = in_use(town)
    hands_in_and_publishes(me)
    until(lambda: in_use(town) != before)
    migrates(me, town, case)
    me.opens(f"/studio/{CHANGE}/live/review")
    expect(page.locator("main")).to_contain_text(town.number_of(case.id))
    goes_back(me, before)
    until(lambda: in_use(town) == before)
    assert case.case.bundle_hash != before, "a running case stays where it is"


def makes_the_form(page: Page) -> None:
    """Of one field, which asks for another that is not there."""
    page.locator("summary", has_text="新建表单").click()
    page.get_by_label("表单的名字").fill("archive_papers")
    page.get_by_label("第一个字段的种类").select_option("textarea")
    page.get_by_label("第一个字段的名称").fill("没有归档的原因")
    page.get_by_role("button", name="新建表单").click()
    page.wait_for_url("**archive_papers**")
    page.get_by_role("link", name="没有归档的原因").click()
    page.get_by_label("什么时候必填").fill("archived = false")
    page.get_by_role("button", name="保存", exact=True).click()


def inserts_the_step(me: Story) -> None:
    me.opens(me.draft).opens_diagram(f"processes/{CHANGE}/handling.bpmn")
    me.inserts_a_step_on(FLOW)
    me.says("id", STEP).says("name", "归档资料").says("kaihu-form", FORM).says("kaihu-status", "待归档")
    me.saves_the_diagram()
    findings = me.page.locator("#modeler-findings")
    expect(findings).to_contain_text("archived")  # the field that the form's condition names is missing
    expect(findings).to_contain_text("归档资料")  # and so is English


def mends_what_is_missing(me: Story) -> None:
    page = me.opens(me.draft).opens_file(f"forms/{FORM}.form.json").page
    page.get_by_label("种类").select_option("checkbox")
    page.get_by_label("名称", exact=True).fill("已归档")
    page.get_by_label("key", exact=True).fill("archived")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.frame_locator("iframe").first.get_by_text("已归档")).to_be_visible()
    me.opens(me.draft)
    english(page, ENGLISH)
    me.opens(me.draft)
    expect(page.locator("main")).to_contain_text("检查通过")


def hands_in_and_publishes(me: Story) -> None:
    """What is different and what running cases would do is looked at before."""
    me.changes_the_text_of(SECOND, PASSED + "then", PASSED + f"  - {STEP}:\nthen")
    page = me.opens(me.draft).page
    page.get_by_role("button", name="提交为提案").click()
    page.wait_for_url("**/proposals/*")
    expect(page.locator("main")).to_contain_text("归档资料")
    proposal = page.url
    me.sees_the_difference()
    expect(page.locator("main")).to_contain_text("归档资料")
    page.goto(proposal)
    me.sees_the_impact()
    expect(page.locator("main")).to_contain_text("可以直接迁移")
    page.goto(proposal)
    me.tries().publishes("第二人审核之后归档")


def migrates(me: Story, town: Town, case: HeadStart) -> None:
    me.opens(f"/studio/{CHANGE}/migration").tries_the_newest()
    me.migrates("归档从现在开始").waits_for_the_last()
    row = me.page.get_by_role("row").filter(has_text=town.number_of(case.id))
    expect(row).to_contain_text("已迁移")
    assert case.steps == ["review"] and case.case.bundle_hash == in_use(town)


def goes_back(me: Story, before: str) -> None:
    """To the version that was in use before, whatever others have published and taken back meanwhile."""
    row = me.opens(f"/studio/{CHANGE}").page.get_by_role("row").filter(has_text=before[:12])
    row.get_by_role("link", name=re.compile("恢复使用")).first.click()
    me.page.locator("textarea[name=note]").fill("先不归档")
    me.page.locator("form:has(textarea) button").click()


def records(page: Page) -> None:
    """The way through the new step, in a sandbox whose company asks for a second review."""
    page.get_by_role("link", name="在沙盒里走一遍").click()
    page.get_by_label("second_review").check()
    page.get_by_role("button", name="开始走").click()
    cards = "done", "做成了", "cards.verdict = ok", "done", "是", "done"
    desks = "通过", "通过", "done", "application.result = applied"
    for press in ("done", "做成了", "photos.verdict = ok", "done", "done", *cards, *desks):
        _plays(page, press)
    expect(page.locator("main")).to_contain_text("已经结束：办理成功")
    page.get_by_label("名称").fill("第二人审核之后归档")
    page.get_by_label("文件名").fill("archived")
    page.get_by_role("button", name="保存为场景").click()
    expect(page.locator("main")).to_contain_text("已保存为场景 archived.yaml")


def _plays(page: Page, press: str) -> None:
    if "=" in press or press == "做成了":
        page.get_by_role("button", name=press, exact=True).click()
        return
    if press != "done":
        page.get_by_label(press, exact=True).check()
    page.get_by_role("button", name="完成这一步").click()


def in_use(town: Town) -> str:
    with town.store.read() as tx:
        return published(tx, CHANGE, town.store.clock.now())
