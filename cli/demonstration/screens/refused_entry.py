"""Refusals at the door, each as it is read: numbers, pictures, codes, and who may not come in."""

from __future__ import annotations

from playwright.sync_api import Page

from cli.demonstration.screens import meanwhile, refused_aside
from cli.demonstration.screens.behind import read_picture
from cli.demonstration.screens.investor import BUSINESS
from cli.demonstration.screens.visit import PEOPLE, Visit, clicks
from cli.installation import Installation

CODE, GO = "button.button[name=action][value=code]", "button.button-primary[name=action]"
WRONG_NUMBER, NOBODY = "110105194912310021", "119901199512120015"
SOMEBODY, TYPED = PEOPLE["wuxiaoman"], PEOPLE["linzhiqiu"]
OTHER_TYPE, WRONG_CODE = "资产管理账户", "000000"


def walk_past(visit: Visit, place: Installation) -> None:
    """At the door of the main business."""
    _before_a_code(visit, place)
    _with_a_code(visit, place)
    _with_a_used_code(visit)
    refused_aside.at_the_sign_in_page(visit, place)
    visit.look(visit.visitor().signs_in_as("wuxiaoman").page, "refused_under_age")
    visit.look(visit.visitor().signs_in_as("zhengzaitu").sees("我的业务").page, "my_business_pending_elsewhere")


def _before_a_code(visit: Visit, place: Installation) -> None:
    page = visit.visitor().opens(f"/sign-in/{BUSINESS}").page
    visit.look(page, "sign_in")
    clicks(page, GO)
    visit.look(page, "sign_in_nothing_typed")
    _asks_code(page, WRONG_NUMBER, "")
    visit.look(page, "refused_id_number")
    _asks_code(page, SOMEBODY.id_number, "0000")
    visit.look(page, "refused_picture_code")
    _asks_code(page, SOMEBODY.id_number, read_picture(place, page))
    page.locator("details:has(input[name=picture]) summary").click()
    _asks_code(page, SOMEBODY.id_number, read_picture(place, page))
    visit.look(page, "refused_code_too_soon")

    page = visit.visitor().opens(f"/sign-in/{BUSINESS}").page
    _asks_code(page, NOBODY, read_picture(place, page))
    visit.look(page, "refused_unknown_number")


def _asks_code(page: Page, number: str, picture: str) -> None:
    page.locator("input[name=id_number]").fill(number)
    page.locator("input[name=picture]").fill(picture)
    clicks(page, CODE)


def _with_a_code(visit: Visit, place: Installation) -> None:
    """Filled in by the panel; an account of another type leaves the code good, five wrong codes use it up."""
    page = visit.visitor().fills_in_as(TYPED.key).page
    visit.look(page, "sign_in_filled_by_the_panel")
    own = page.locator("select[name=account_type]").input_value()
    page.locator("select[name=account_type]").select_option(OTHER_TYPE)
    clicks(page, GO)
    visit.look(page, "refused_account_type")
    page.locator("select[name=account_type]").select_option(own)
    with meanwhile.after_an_hour(place):
        clicks(page, GO)
        visit.look(page, "refused_code_expired")
    for tries in range(5):
        page.locator("input[name=code]").fill(WRONG_CODE)
        clicks(page, GO)
        if tries == 0:
            visit.look(page, "sign_in_wrong_code")
    visit.look(page, "refused_code_used_up")


def _with_a_used_code(visit: Visit) -> None:
    """The button is pressed twice, in the same form."""
    page = visit.visitor().fills_in_as("chenjiuan").page
    page.locator("form.panel").evaluate("form => { form.target = '_blank'; }")
    with page.expect_popup() as first:
        page.locator(GO).click()
    visit.look(first.value, "refused_id_expired")
    with page.expect_popup() as second:
        page.locator(GO).click()
    visit.look(second.value, "refused_code_used")
