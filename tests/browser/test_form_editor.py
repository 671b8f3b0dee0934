"""The form editor in a browser: a part comes in, moves, is required, changes kind, all by the keyboard; two people."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from cli.demonstration.screens.analyst import Analyst
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS, FORM = "supplementary_agreement", "forms/shared/sign_agreements.form.json"


def at_the_form(page: Page, town: Town, login: str, form: str = "") -> Page:
    me = Analyst(page, town.product.address).signs_in_as(town.colleague(login, login, "analyst"))
    if form:
        return me.opens(form).page
    me.opens_business(BUSINESS).begins_a_draft().page.locator(f'main a[href$="{FORM}"]').first.press("Enter")
    page.wait_for_url(f"**/{FORM}")
    return page


def typed(page: Page, place: Locator, text: str) -> None:
    """As fingers do it: what stood there is overwritten."""
    place.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def chosen(field: Locator, value: str) -> None:
    """By the arrow keys, from the first on."""
    field.press("Home")
    for _ in range(50):
        if field.input_value() == value:
            return
        field.press("ArrowDown")
    raise AssertionError(f"{value} is not offered")


def shown(page: Page, label: str) -> Locator:
    """A field in the preview, by what its reader sees."""
    return page.frame_locator(".preview-frame").get_by_label(label)


def adds_a_question(page: Page) -> None:
    chosen(page.locator("#field-add"), "number")
    typed(page, page.locator("#field-label"), "投资年限")
    typed(page, page.locator("#field-key"), "years")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parts/**")


def test_a_part_comes_in_moves_and_is_required_by_the_keyboard_alone(new_window: Windows, town: Town) -> None:
    page = at_the_form(new_window(), town, "forms.one")
    adds_a_question(page)
    required = page.locator("#field-required")
    expect(required).to_be_checked()
    required.press("Space")
    page.locator("#field-hide").focus()
    page.keyboard.type("yea")
    expect(page.locator(".offers li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#field-hide")).to_have_value("years")
    page.keyboard.type(" <")
    expect(page.locator("#field-hide-said")).to_contain_text("第")
    page.keyboard.type(" 1")
    expect(page.locator("#field-hide-said")).to_be_empty()
    page.get_by_role("button", name="预览，不保存").press("Enter")
    expect(shown(page, "投资年限")).to_be_visible()
    page.locator("#field-hide").press("Enter")
    page.wait_for_url("**/forms/**")
    row = page.locator(".form-parts tr", has_text="years")
    expect(row).to_contain_text("years < 1")
    at = len(page.locator(".form-parts tbody tr").all()) - 1
    row.get_by_role("button", name="上移").press("Enter")
    expect(page.locator(f"#part-{at - 1}")).to_contain_text("years")


def test_another_kind_is_chosen_after_what_it_loses_was_read(new_window: Windows, town: Town) -> None:
    page = at_the_form(new_window(), town, "forms.two")
    adds_a_question(page)
    typed(page, page.locator("#field-max"), "60")
    page.locator("#turning > summary").press("Enter")
    chosen(page.locator("#field-become"), "textfield")
    page.get_by_role("button", name="看看会失去什么").press("Enter")
    expect(page.locator(".kind-lost")).to_contain_text("最大值：60")
    page.get_by_role("button", name="换成“单行文字”").press("Enter")
    expect(page.locator("#field-maxLength")).to_be_visible()
    expect(page.locator("#field-label")).to_have_value("投资年限")
    expect(page.locator("#field-max")).to_have_count(0)


def test_a_colleagues_save_is_told_and_what_was_typed_is_kept_beside_it(new_window: Windows, town: Town) -> None:
    first = at_the_form(new_window(), town, "forms.three")
    second = at_the_form(new_window(), town, "forms.four", first.url.removeprefix(town.product.address))
    for page, label in ((first, "甲的"), (second, "乙的")):
        page.locator(".form-parts a").last.press("Enter")
        page.wait_for_url("**/parts/**")
        typed(page, page.locator("#field-label"), label)
    first.keyboard.press("Enter")
    first.wait_for_url("**/forms/**")
    second.keyboard.press("Enter")
    expect(second.locator(".error-summary")).to_contain_text("forms.three")
    expect(second.locator("#field-label")).to_have_value("乙的")
    second.get_by_role("button", name="把我的改动存为另一份草稿").press("Enter")
    second.wait_for_url("**/forms/**")
    expect(second.locator(".form-parts")).to_contain_text("乙的")
    first.reload()
    expect(first.locator(".form-parts")).to_contain_text("甲的")
