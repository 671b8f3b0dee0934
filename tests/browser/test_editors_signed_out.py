"""Who is signed out while an editor is open is told so; his work stays on the page and is saved once he is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from cli.demonstration.screens.analyst import Analyst
from engine.tables import SessionRow, Staff
from tests.browser.conftest import Windows
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

BUSINESS = "supplementary_agreement"
FORM, DIAGRAM = "forms/shared/sign_agreements.form.json", "processes/shared/signing.bpmn"


def on_the_canvas(page: Page) -> None:
    page.locator(".canvas-kinds [data-field-type=number]").click()
    expect(page.locator("#canvas-save")).to_be_enabled()


def in_the_diagram(page: Page) -> None:
    Analyst(page, "").selects("sign_agreements")
    page.locator("[data-entry-id=kaihu-status] input").fill("待签")
    expect(page.locator("#modeler-save")).to_be_enabled()


EDITORS = {"canvas": (f"canvas/{FORM}", on_the_canvas), "modeler": (f"diagrams/{DIAGRAM}", in_the_diagram)}


@pytest.mark.parametrize("editor", EDITORS)
def test_what_is_saved_while_signed_out_is_no_save(new_window: Windows, town: Town, editor: str) -> None:
    place, changes = EDITORS[editor]
    page = new_window()
    login = town.colleague(f"away.{editor}", "罗图", "analyst")
    me = Analyst(page, town.product.address).signs_in_as(login)
    draft = me.opens_business(BUSINESS).begins_a_draft().page.url
    page.goto(f"{draft}/{place}")
    page.locator(f"#{editor}[data-state=open]").wait_for()
    changes(page)
    signed_out(town, login)
    page.keyboard.press("Control+s")
    expect(page.locator(f"#{editor}-trouble")).to_contain_text("登录")
    expect(page.locator(f"#{editor}-state")).to_have_text("有改动还没有保存")
    Analyst(page.context.new_page(), town.product.address).signs_in_as(login)
    saves(page, editor)


def signed_out(town: Town, login: str) -> None:
    with town.store.write() as tx:
        his = select(Staff.id).where(Staff.login == login).scalar_subquery()
        tx.execute(delete(SessionRow).where(SessionRow.person_id == his))


def saves(page: Page, editor: str) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(f"#{editor}-state")).to_have_text("已保存")
    expect(page.locator(f"#{editor}-trouble")).to_be_hidden()
