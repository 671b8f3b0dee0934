"""Refusals of an investor's steps: the roads come by here at the pages that refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cli.demonstration.screens.behind import sign_out_by_time
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor, NewCard
from cli.demonstration.screens.visit import Look, clicks
from cli.installation import Installation

TOO_BIG = 20 * 1024 * 1024 + 1
CREDIT_CARD = "4392260000000008"
INTERRUPTED_OFTEN = 3
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
    clicks(me.page, "form .button-primary")


def old_page(me: Investor, look: Look, address: str, title: str) -> None:
    """The address of a step that is done."""
    me.page.goto(address)
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
    me.page.goto(me.page.url)
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


def bookings(me: Investor, look: Look) -> None:
    """Nothing chosen, then a half day of a list that lay open for too long."""
    not_ticked(me, look, "refused_appointment_nothing_chosen")
    me.page.locator("input[name=appointment]:enabled").first.evaluate(TO_A_PAST_DAY)
    not_ticked(me, look, "refused_appointment_gone")


def interrupted(me: Investor, look: Look, desk: Desk) -> None:
    for _ in range(INTERRUPTED_OFTEN):
        me.queues().sees("排队中：第 1 位")
        desk.calls_next().breaks_off()
        me.opens(f"/cases/{me.case_id}").sees("视频验证")
    look(me.page, "refused_video_interrupted")
