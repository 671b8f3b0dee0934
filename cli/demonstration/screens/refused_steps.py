"""Refusals of an investor's steps: the roads come by here at the pages that refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cli.demonstration.screens import meanwhile
from cli.demonstration.screens.behind import sign_out_by_time
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.going import go
from cli.demonstration.screens.investor import Investor, NewCard
from cli.demonstration.screens.visit import Look, clicks
from cli.installation import Installation

TOO_BIG = 20 * 1024 * 1024 + 1
CREDIT_CARD, OF_NO_CARD = "4392260000000008", "6225880000000011"
INTERRUPTED_OFTEN = 3
ANOTHER_BANK = "one => { one.value = 'OLD'; }"
GO_ON = "form.step-form .button-row .button-primary"
TO_A_PAST_DAY = "one => { one.value = '2026-01-05.am'; one.checked = true; }"


def not_ticked(me: Investor, look: Look, name: str) -> None:
    """A page is sent without what must be ticked or chosen on it."""
    me.goes_on().is_refused()
    look(me.page, name)


def signed_out(me: Investor, look: Look, place: Installation, key: str) -> None:
    """下一步 comes an hour late: sign in again, and it is sent on as it was."""
    sign_out_by_time(place, "investor")
    me.goes_on().sees("登录，继续办理")
    look(me.page, "refused_session_expired")
    me.signs_in_as(key).opens("/kept").sees("您填写的内容还在")
    look(me.page, "session_form_kept")
    again = me.page.context.new_page()
    again.goto(me.page.url)
    clicks(me.page, "form .button-primary")
    clicks(again, "form .button-primary")
    look(again, "refused_kept_form_gone")


def from_before(me: Investor, look: Look, key: str) -> None:
    """In another window he signs out and in again; what this page has of him goes on with one button."""
    other = Investor(me.page.context.new_page(), me.address, me.business).opens("/my")
    clicks(other.page, "form[action$='/sign-out'] button")
    other.signs_in_as(key)
    other.page.wait_for_load_state()
    me.goes_on().sees("您填写的内容还在")
    look(me.page, "refused_form_from_before")
    clicks(me.page, "form .button-primary")


def not_kept(me: Investor, look: Look) -> None:
    """The network loses a draft."""
    field = me.page.locator("[name=address]")
    typed = field.input_value()
    fails_once(me.page, "**/draft", lambda: field.fill(typed + " "))
    expect(me.page.locator(".draft-state")).to_contain_text("草稿暂时没有存上")
    look(me.page, "refused_draft")
    field.fill(typed)


def too_many_photographs(me: Investor, look: Look, place: Installation, paper: Path) -> None:
    with meanwhile.as_many_photographs_as_fit(place, me.case_id):
        me.uploads("signature", paper).slot("signature").locator(".error").wait_for()
        look(me.page, "refused_photo_one_too_many")
    go(me.page)


def no_road(me: Investor, look: Look) -> None:
    """更改 of a page of before: the diagram draws no road to that step."""
    me.page.locator("button[name=to]").first.evaluate("one => { one.value = 'review'; }")
    clicks(me.page, "button[name=to]")
    look(me.page, "refused_no_way_back")


def old_page(me: Investor, look: Look, address: str, title: str) -> None:
    """The address of a step that is done."""
    go(me.page, address)
    me.sees(title)
    look(me.page, "refused_stale_step")


def fails_once(page: Page, address: str, then: Callable[[], object]) -> None:
    """The network loses the next request to an address."""
    page.route(address, lambda route: route.abort(), times=1)
    then()


def undetected(me: Investor, look: Look) -> None:
    fails_once(me.page, "**/challenge/detect", me.page.reload)
    me.page.locator("[data-state=failed]").wait_for()
    look(me.page, "refused_detection")
    me.presses("重新检测")


def unsigned(me: Investor, look: Look) -> None:
    """Nothing is ticked; then the network fails while signing."""
    not_ticked(me, look, "refused_sign_not_ticked")
    go(me.page, me.page.url)
    me.reads_and_ticks_agreements()
    fails_once(me.page, "**/challenge/sign", me.goes_on)
    expect(me.page.locator("[data-problem]")).to_be_in_viewport()
    look(me.page, "refused_signature")


def not_installed(me: Investor, look: Look) -> None:
    fails_once(me.page, "**/certificate", me.page.locator("[data-install]").click)
    me.page.locator("[data-problem]:not([hidden])").wait_for()
    look(me.page, "refused_install")


def files(me: Investor, look: Look, paper: Path) -> None:
    """Three files that are no photographs; then a picture that breaks off."""
    for slot, name, size in (("id_emblem", "big.jpg", TOO_BIG), ("signature", "empty.jpg", 0)):
        with (paper / name).open("wb") as file:
            file.truncate(size)
        me.uploads(slot, paper / name)
    (paper / "notes.jpg").write_text("words, not a picture", "utf-8")
    me.uploads("id_portrait", paper / "notes.jpg")
    for slot in ("id_portrait", "id_emblem", "signature"):
        me.slot(slot).locator(".error").wait_for()
    look(me.page, "refused_photo_files")
    not_ticked(me, look, "refused_photos_missing")
    (paper / "torn.jpg").write_bytes((paper / "unsharp.jpg").read_bytes()[:3000])
    me.uploads("id_emblem", paper / "torn.jpg")


def cards(me: Investor, look: Look, card: NewCard) -> None:
    """A linked card goes, and a credit card without a photograph comes; then nothing would be left."""
    page = me.page
    page.locator("input[name='cards.remove']").first.check()
    me.submits_cards().is_refused()
    look(page, "refused_cards_none_left")
    page.locator("button[name=add_row]").click()
    row = page.locator("input[type=hidden][name^='cards.'][name$='.row']").last.input_value()
    page.locator(f"[name='cards.{row}.bank']").select_option(card.bank)
    page.locator(f"[name='cards.{row}.number']").fill(CREDIT_CARD)
    me.goes_on().is_refused()
    look(page, "refused_cards")
    page.locator("input[name='cards.remove']").first.uncheck()
    clicks(page, "button[name=remove_row]")
    _two_cards_that_cannot_be(me, look)


def _two_cards_that_cannot_be(me: Investor, look: Look) -> None:
    """Of a bank that left the list, with a wrong number; of a bank that has a card, with the number of another one."""
    page = me.page
    for chosen, number in (("CCB", OF_NO_CARD), ("ABC", "6217000000000000012")):
        page.locator("button[name=add_row]").click()
        page.locator("[name^='cards.'][name$='.bank']").last.select_option(chosen)
        page.locator("[name^='cards.'][name$='.number']").last.fill(number)
    page.locator("[name^='cards.'][name$='.bank']").first.locator("option:checked").evaluate(ANOTHER_BANK)
    me.goes_on().is_refused()
    look(page, "refused_cards_bank_and_number")
    for _ in range(2):
        clicks(page, "button[name=remove_row]")


def bookings(me: Investor, look: Look, place: Installation) -> None:
    """Nothing chosen; a half day of a list that lay open for too long; one whose last place has just gone."""
    not_ticked(me, look, "refused_appointment_nothing_chosen")
    first = me.page.locator("input[name=appointment]:enabled").first
    first.evaluate(TO_A_PAST_DAY)
    clicks(me.page, GO_ON)
    look(me.page, "refused_appointment_gone")
    first.check()
    meanwhile.the_half_day_is_full(place, me.case_id)
    clicks(me.page, GO_ON)
    look(me.page, "refused_appointment_full")


def late_for_his_booking(me: Investor, look: Look, place: Installation) -> None:
    """The video page lies open until his half day is over; then he books again and does not come."""
    me.queues("进入排队").sees("排队中：第 1 位").presses("取消排队").sees("视频验证")
    meanwhile.the_half_day_went_by(place, me.case_id)
    me.presses("查看我的预约").is_refused("您现在没有预约")
    look(me.page, "refused_no_booking")
    me.books().sees("等待预约时段")
    meanwhile.the_half_day_went_by(place, me.case_id)
    go(me.page, me.page.url)
    me.reads("预约时段已过")
    look(me.page, "refused_half_day_missed")
    me.queues("进入排队").sees("排队中：第 1 位").presses("取消排队").sees("视频验证")


def away(me: Investor, look: Look, place: Installation) -> None:
    case = f"/cases/{me.case_id}"
    go(me.page, "about:blank")
    meanwhile.away_for_long(place, case.rsplit("/", 1)[1])
    me.opens(case).sees("视频验证")
    look(me.page, "refused_away_too_long")


def too_late_to_leave(page: Page, look: Look) -> None:
    """取消排队 on a page that has not heard that a verifier calls."""
    clicks(page, "#leave-line")
    look(page, "refused_leaving_while_called")


def interrupted(me: Investor, look: Look, desk: Desk) -> None:
    for _ in range(INTERRUPTED_OFTEN):
        me.queues().sees("排队中：第 1 位")
        desk.calls_next().breaks_off()
        me.opens(f"/cases/{me.case_id}").sees("视频验证")
    look(me.page, "refused_video_interrupted")
