"""A form on the canvas in a browser: parts are dragged and pressed in, said in the panel, moved, saved; two people."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS, FORM = "supplementary_agreement", "forms/shared/sign_agreements.form.json"
OPEN = "#canvas[data-state=open]"


def at_the_canvas(page: Page, town: Town, login: str, canvas: str = "") -> Page:
    me = Analyst(page, town.product.address).signs_in_as(town.colleague(login, login, "analyst"))
    if canvas:
        me.opens(canvas)
    else:
        me.opens_business(BUSINESS).begins_a_draft().page.locator(f'main a[href$="{FORM}"]').first.click()
        page.get_by_role("link", name="在画布上改").click()
    expect(page.locator(OPEN)).to_be_visible()
    return page


def kind(page: Page, name: str) -> Locator:
    return page.locator(f".canvas-kinds [data-field-type={name}]")


def parts(page: Page) -> list[str]:
    """The kinds of the parts on the canvas, from the top."""
    found = page.locator(".canvas-form .fjs-element:not([data-field-type=default])")
    return [one.get_attribute("data-field-type") or "" for one in found.all()]


def typed(page: Page, name: str, text: str) -> None:
    field = page.locator(f"#canvas-part [name={name}]")
    field.fill(text)
    field.press("Tab")


def dragged(page: Page, what: Locator, onto: Locator) -> None:
    """As a hand does it, by many small moves, onto the left of a row."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), onto.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 20, steps=3)
    page.mouse.move(end["x"] + 60, end["y"] + 8, steps=6)
    page.mouse.move(end["x"] + 62, end["y"] + 9, steps=2)
    page.mouse.up()


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#canvas-state")).to_have_text("已保存")


def a_condition_is_offered_names_and_judged(page: Page) -> None:
    hide, wrong = page.locator("#canvas-part [name=hide]"), page.locator("#field-hide-said")
    hide.press_sequentially("agree")
    expect(page.locator("#canvas-part .offers li")).to_have_count(1)
    hide.press("Enter")
    expect(hide).to_have_value("agreements")
    typed(page, "hide", "agreements =")
    expect(wrong).to_contain_text("第")
    typed(page, "hide", "")
    expect(wrong).to_be_empty()


def test_a_part_is_pressed_in_said_in_the_panel_moved_and_saved(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "canvas.one")
    before = parts(page)
    kind(page, "number").press("Enter")
    expect(page.locator("#canvas-part [name=label]")).to_have_value("数字")
    typed(page, "label", "投资年限")
    typed(page, "key", "years of")
    expect(page.locator("#canvas-wrong")).to_contain_text("key")
    typed(page, "key", "years")
    expect(page.locator("#canvas-wrong")).to_be_empty()
    a_condition_is_offered_names_and_judged(page)
    expect(page.frame_locator(".preview-frame").get_by_label("投资年限")).to_be_visible()
    page.get_by_role("button", name="上移").press("Enter")
    assert parts(page) == [*before[:-1], "number", before[-1]]
    saved(page)
    page.get_by_role("link", name="在表格里改").click()
    expect(page.locator(".form-parts tbody tr").nth(len(before) - 1)).to_contain_text("years")


def test_a_part_is_dragged_in_taken_back_and_taken_out(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "canvas.two")
    before = parts(page)
    page.locator(".canvas-kinds summary", has_text="客户页面的控件").click()
    dragged(page, kind(page, "photo"), page.locator(".canvas-form .fjs-layout-row").first)
    expect(page.locator("#canvas-part [name=slot]")).to_be_visible()
    assert sorted(parts(page)) == sorted([*before, "filepicker"])
    page.get_by_role("button", name="下移").click()
    assert parts(page)[1] == "filepicker"
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="撤销").click()
    assert parts(page) == before
    page.locator(".canvas-form .fjs-element[data-field-type=text]").first.click(position={"x": 4, "y": 4})
    expect(page.locator("#canvas-part [name=text]")).to_be_visible()
    page.get_by_role("button", name="移除").click()
    expect(page.locator("#canvas-findings")).to_be_visible()
    assert len(parts(page)) == len(before) - 1


def test_every_form_of_a_business_opens_and_an_untouched_one_is_not_saved(new_window: Windows, town: Town) -> None:
    page = at_the_canvas(new_window(), town, "canvas.three")
    draft = page.url.split("/canvas/")[0]
    page.goto(draft)
    forms = {str(one.get_attribute("href")) for one in page.locator('main a[href$=".form.json"]').all()}
    assert len(forms) > 5
    for form in sorted(forms):
        page.goto(f"{draft}/canvas/{form.split('/forms/', 1)[1]}")
        expect(page.locator(OPEN)).to_be_visible()
        expect(page.locator("#canvas-save")).to_be_disabled()


def test_what_a_colleague_saved_is_told_and_ones_own_is_kept_beside_it(new_window: Windows, town: Town) -> None:
    one = at_the_canvas(new_window(), town, "canvas.four")
    two = at_the_canvas(new_window(), town, "canvas.five", one.url.removeprefix(town.product.address))
    for page, name in ((one, "number"), (two, "textarea")):
        kind(page, name).click()
        expect(page.locator("#canvas-part [name=label]")).to_be_visible()
    saved(one)
    two.keyboard.press("Control+s")
    expect(two.locator("#canvas-trouble")).to_contain_text("没有保存")
    two.get_by_role("button", name="另一份草稿").click()
    two.wait_for_url(lambda url: url != one.url)
    expect(two.locator(".canvas-form [data-field-type=textarea]")).not_to_have_count(0)
    assert "textarea" in parts(two) and "number" not in parts(two)
