"""调整四角: the four corners set by keyboard, by a finger, and taken back; what is sent is what was seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from cli.demonstration.screens.browser import DESKTOP, PHONE
from cli.demonstration.screens.investor import Investor
from engine.tables import Photo, PhotoRecord
from tests.browser.conftest import Windows
from tests.browser.patience import until
from tests.browser.strangers import Someone
from tests.browser.test_pages import Inspector
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SLOT = "id_portrait"


def at_the_photographs(town: Town, page: Page, who: Someone) -> Investor:
    """His three photographs are on file and have been looked at."""
    me = town.enter(page, who).opens("/my").starts().sees("上传照片")
    return me.waits_for(SLOT)


def corners(page: Page) -> list[list[float]]:
    """As the editor draws them."""
    text = page.locator("#outline polygon").get_attribute("points") or ""
    return [[float(number) for number in pair.split(",")] for pair in text.split()]


def drawn_by_hand(town: Town, who: Someone) -> list[dict[str, Any]]:
    """The outlines on record that somebody has set, the newest last."""
    mine = select(PhotoRecord).where(PhotoRecord.stage == "locate", PhotoRecord.by == who.customer_id)
    with town.store.read() as tx:
        rows = tx.scalars(mine.order_by(PhotoRecord.run))
        return [town.store.vault.open_json("photo_records.body", row.body) for row in rows]  # type: ignore[misc]


def the_one_drawn(town: Town, who: Someone) -> dict[str, Any]:
    """Once it has been cut out by it: the card of before may still be there when the answer has just come."""
    until(lambda: drawn_by_hand(town, who))
    [told] = drawn_by_hand(town, who)
    return told


def test_corners_are_set_by_keyboard_alone(page: Page, town: Town) -> None:
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    opener = me.slot(SLOT).get_by_role("button", name="调整四角")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="左上角")).to_be_focused()
    before = corners(page)
    for key in ("ArrowLeft", "Shift+ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="右上角")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(dialog.get_by_role("status")).to_contain_text("右上角：横")
    expect(page.locator(".outline-glass")).to_be_visible()
    wanted = [[before[0][0] - 1, before[0][1] - 10], [before[1][0] + 10, before[1][1]], *before[2:]]
    assert close(corners(page), wanted)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="用这个轮廓裁切")).to_be_focused()
    with page.expect_response("**/outline"):
        page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    me.waits_for(SLOT)
    told = the_one_drawn(town, who)
    assert close(told["corners"], wanted)


def close(one: list[list[float]], other: list[list[float]]) -> bool:
    return all(abs(a - b) < 0.2 for pair in zip(one, other, strict=True) for a, b in zip(*pair, strict=True))


def test_a_corner_is_dragged_by_a_finger_on_a_phone(new_window: Windows, town: Town) -> None:
    page: Page = new_window(width=PHONE)
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    dialog = me.adjusts_corners(SLOT)
    handle = dialog.get_by_role("button", name="右下角")
    box = handle.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    before, shown = corners(page), page.locator("#outline img").bounding_box()
    at = next(number for number in range(4) if handle.get_attribute("data-corner") == str(number))
    assert shown
    x, y = box["x"] + 30, box["y"] + 30  # not at the middle: the corner must not jump under the finger
    touch = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), ("touchMove", -8), ("touchMove", -20), ("touchEnd", -20)):
        points = [] if kind == "touchEnd" else [{"x": x + dx, "y": y + dx}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    scale = page.evaluate("document.querySelector('#outline img').naturalWidth") / shown["width"]
    expect(dialog.get_by_role("status")).to_contain_text("右下角")
    after = corners(page)
    assert (
        abs(after[at][0] - before[at][0] + 20 * scale) < scale
        and abs(after[at][1] - before[at][1] + 20 * scale) < scale
    )
    assert [one for number, one in enumerate(after) if number != at] == [
        one for number, one in enumerate(before) if number != at
    ]
    with page.expect_response("**/outline"):
        dialog.get_by_role("button", name="用这个轮廓裁切").click()
    me.waits_for(SLOT)
    told = the_one_drawn(town, who)
    assert close(told["corners"], after)


def test_sides_that_cross_are_not_sent_and_the_outline_can_be_restored(page: Page, town: Town) -> None:
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    dialog = me.adjusts_corners(SLOT)
    before = corners(page)
    me.drags_corner("左上角", "右下角")
    expect(dialog.get_by_role("alert")).to_contain_text("四条边不能交叉")
    dialog.get_by_role("button", name="用这个轮廓裁切").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="恢复原来的轮廓").click()
    assert corners(page) == before
    expect(dialog.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(me.slot(SLOT).get_by_role("button", name="调整四角")).to_be_focused()
    assert drawn_by_hand(town, who) == []


def test_a_card_that_changes_meanwhile_takes_neither_the_editor_nor_the_focus_away(page: Page, town: Town) -> None:
    me = at_the_photographs(town, page, town.somebody())
    set_status(town, me.case_id, "reading")
    page.reload()
    expect(me.slot(SLOT).locator(".slot-head")).to_contain_text("正在识别文字")
    expect(me.slot(SLOT).locator(".compare img").first).to_be_visible()
    dialog = me.adjusts_corners(SLOT)
    page.keyboard.press("Shift+ArrowDown")
    moved = corners(page)
    set_status(town, me.case_id, "ready")
    me.waits_for(SLOT)
    expect(dialog.get_by_role("button", name="左上角")).to_be_focused()
    assert corners(page) == moved
    page.keyboard.press("Escape")
    set_status(town, me.case_id, "reading")
    page.reload()
    me.slot(SLOT).get_by_role("slider").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    set_status(town, me.case_id, "ready")
    me.waits_for(SLOT)
    expect(me.slot(SLOT).get_by_role("slider")).to_be_focused()
    expect(me.slot(SLOT).get_by_role("slider")).to_have_value("1")


def set_status(town: Town, case_id: str, status: str) -> None:
    with town.store.write() as tx:
        for photo in tx.scalars(select(Photo).where(Photo.case_id == case_id)):
            photo.status = status


def test_the_dialogs_and_the_examples_are_for_everybody_in_the_dark_too(page: Page, town: Town) -> None:
    """In the light the walk past every page looks at them."""
    inspector = Inspector()
    page.emulate_media(color_scheme="dark")
    me = at_the_photographs(town, page, town.somebody())
    page.locator(".examples summary").first.click()
    inspector.look(page, "examples")
    me.adjusts_corners(SLOT)
    inspector.look(page, "the corner editor")
    me.drags_corner("左上角", "右下角")
    inspector.look(page, "an outline that is none")
    page.keyboard.press("Escape")
    me.slot(SLOT).get_by_role("button", name="拍照").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    inspector.look(page, "a camera that is not there")
    assert not inspector.wrong, "\n".join(inspector.wrong)
    assert page.viewport_size and page.viewport_size["width"] == DESKTOP


LATE = """
window.decoded = [];
HTMLImageElement.prototype.decode = () => new Promise((resolve, reject) => window.decoded.push({ resolve, reject }));
"""


@pytest.mark.parametrize("how", ["resolve", "reject"])
def test_a_picture_that_comes_late_says_nothing_about_the_next_one(page: Page, town: Town, how: str) -> None:
    page.add_init_script(LATE)
    me = at_the_photographs(town, page, town.somebody()).waits_for("id_emblem")
    dialog = page.get_by_role("dialog")
    for slot in (SLOT, "id_emblem"):
        if dialog.is_visible():
            page.keyboard.press("Escape")
        me.slot(slot).get_by_role("button", name="调整四角").click()
    page.evaluate(f"window.decoded[0].{how}()")
    expect(page.locator(".outline-stage")).to_be_hidden()
    expect(dialog.locator("[data-missing]")).to_be_hidden()
    page.evaluate("window.decoded[1].resolve()")
    expect(page.locator(".outline-stage")).to_be_visible()
    expect(dialog.locator("[data-missing]")).to_be_hidden()
