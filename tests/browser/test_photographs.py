"""Photographs that are dragged into the page, and a form that fills itself from one."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.browser.head_start import HeadStart
from tests.browser.patience import until
from tests.browser.test_outline import SLOT, at_the_photographs
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DRAG = """(data) => {
  const carried = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  carried.items.add(new File([bytes], "dragged.jpg", { type: "image/jpeg" }));
  return carried;
}"""
WATCH = """() => document.addEventListener("drop", (event) => setTimeout(() => {
  window.stayed = event.defaultPrevented;
}))"""
"""Whether the browser was kept from opening the file in place of the page."""


def test_a_file_is_dropped_into_its_place_and_nowhere_else(page: Page, town: Town) -> None:
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    file = page.evaluate_handle(DRAG, base64.b64encode(who.photo(SLOT).read_bytes()).decode())
    page.evaluate(WATCH)
    me.slot(SLOT).dispatch_event("dragover", {"dataTransfer": file})
    expect(me.slot(SLOT)).to_have_class("slot is-dropping")
    expect(page.locator(".is-dropping")).to_have_count(1)
    page.locator("h1").dispatch_event("drop", {"dataTransfer": file})
    until(lambda: page.evaluate("window.stayed"))
    expect(page.locator(".is-dropping")).to_have_count(0)
    with page.expect_response("**/photos/id_portrait"):
        me.slot(SLOT).dispatch_event("drop", {"dataTransfer": file})
    me.waits_for(SLOT)


def test_a_card_fills_the_fields_that_are_empty_and_tells_what_else_it_says(page: Page, town: Town) -> None:
    who = town.somebody()
    HeadStart(town, who).to_bank_cards()
    me = town.enter(page, who).opens(f"/cases/{town.case_of(who)}").sees("银行卡")
    page.locator("button[name=add_row]").click()
    number, bank = page.locator("[name='cards.1.number']"), page.locator("[name='cards.1.bank']")
    bank.select_option("CMB")
    me.uploads("bank_card:1", who.new_card.photo).waits_for("bank_card:1")
    expect(number).not_to_have_value("")
    assert number.input_value().isdigit()
    mark = page.locator("[data-read-mark='cards.1.number']")
    expect(mark).to_have_text("由照片识别，请核对", use_inner_text=True)
    expect(bank).to_have_value("CMB")
    expect(page.locator("[data-read-mark='cards.1.bank']")).to_contain_text("照片识别为：建设银行", use_inner_text=True)
    read = number.input_value()
    number.fill("6225")
    expect(mark).to_contain_text(f"照片识别为：{read}", use_inner_text=True)
    number.fill(f"{read[:4]} {read[4:]}")
    expect(mark).to_have_text("由照片识别，请核对", use_inner_text=True)


def test_an_upload_tells_how_far_it_is_and_that_it_did_not_arrive(page: Page, town: Town) -> None:
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    page.locator(f"input[name=photo-{SLOT}]").evaluate(
        "one => htmx.trigger(one, 'htmx:xhr:progress', { lengthComputable: true, loaded: 40, total: 100 })"
    )
    expect(me.slot(SLOT).locator(".slot-head")).to_have_text("正在上传 40%")
    page.route("**/photos/id_portrait", lambda route: route.abort())
    me.uploads(SLOT, who.photo(SLOT))
    expect(me.slot(SLOT).get_by_role("alert")).to_have_text("照片没有传上去。请检查网络，再选一次")
    page.unroute("**/photos/id_portrait")
    with page.expect_response("**/photos/id_portrait"):
        me.uploads(SLOT, who.photo(SLOT))
    me.waits_for(SLOT)
    expect(me.slot(SLOT).get_by_role("alert")).to_have_count(0)


def test_a_card_that_has_to_wait_long_asks_less_often(page: Page, town: Town) -> None:
    page.route("**/cases/*/events*", lambda route: route.fulfill(status=204))  # with a stream it asks when it is told
    at_the_photographs(town, page, town.somebody())
    asks = "(one) => [...Array(62)].filter(() => htmx.trigger(one, 'htmx:beforeRequest', { elt: one })).length"
    assert page.locator(f"#slot-{SLOT}-state").evaluate(asks) == 12 + 10
    assert page.locator("body").evaluate(asks) == 62  # the control: nothing else is held back


def test_an_outline_that_did_not_arrive_is_still_there(page: Page, town: Town) -> None:
    me = at_the_photographs(town, page, town.somebody())
    dialog = me.adjusts_corners(SLOT)
    page.keyboard.press("Shift+ArrowLeft")
    drawn = page.locator("#outline polygon").get_attribute("points")
    page.route("**/outline", lambda route: route.abort())
    dialog.get_by_role("button", name="用这个轮廓裁切").click()
    expect(dialog.get_by_role("alert")).to_contain_text("没有发送出去，轮廓还在这里")
    assert page.locator("#outline polygon").get_attribute("points") == drawn
    page.unroute("**/outline")
    with page.expect_response("**/outline"):
        dialog.get_by_role("button", name="用这个轮廓裁切").click()
    expect(dialog).to_be_hidden()
    me.waits_for(SLOT)
