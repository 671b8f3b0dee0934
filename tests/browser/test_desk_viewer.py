"""A photograph at the desk: zoomed, turned and moved by buttons, wheel, mouse and keys, both pictures or one alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy import select

from cli.demonstration.screens.browser import DESKTOP, HEIGHTS, PHONE
from cli.demonstration.screens.desk import Desk
from engine.tables import Photo
from tests.browser.line import to_review
from tests.browser.test_pages import Inspector
from tests.browser.town import Town
from tests.web.readings import cut, read, sure, unsure

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def viewer(page: Page, reviewer: Desk, town: Town) -> Locator:
    """The first photograph of a case that a reviewer has claimed, its pictures loaded."""
    who = town.somebody()
    case_id = to_review(town, page, who).case_id
    with town.store.read() as tx:
        photo = tx.scalars(select(Photo.id).where(Photo.case_id == case_id, Photo.slot == "id_portrait")).one()
    read(town.store, photo, {"name": sure(who.file.name), "address": unsure("样例省")})
    cut(town.store, photo, 1)
    cut(town.store, photo, 2, by=who.customer_id)
    reviewer.opens_case(town.number_of(case_id)).claims()
    found = reviewer.page.locator(".viewer").first
    found.scroll_into_view_if_needed()
    for picture in found.locator("img").all():
        expect(picture).to_have_js_property("complete", True)
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    return found


def frame(viewer: Locator, kind: str) -> Locator:
    return viewer.locator(f".viewer-pane[data-kind={kind}] .viewer-frame")


def lies(viewer: Locator, kind: str) -> str:
    """How the picture lies in its frame."""
    return str(frame(viewer, kind).locator("img").evaluate("one => one.style.transform"))


def says(viewer: Locator, text: str) -> None:
    expect(viewer.locator("[data-state]")).to_have_text(text)


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_keys_zoom_turn_and_move_both_pictures_and_ask_the_server_nothing(viewer: Locator) -> None:
    page, asked = viewer.page, list[Request]()
    mine = [picture.get_attribute("src") or "" for picture in viewer.locator("img").all()]
    page.on("request", lambda one: asked.append(one))
    frame(viewer, "crop").focus()
    page.keyboard.press("ArrowRight")  # a whole picture has nowhere to go
    whole = lies(viewer, "crop")
    for _ in range(3):
        page.keyboard.press("+")
    says(viewer, "195 %")
    still = lies(viewer, "crop")
    page.keyboard.press("ArrowRight")
    assert lies(viewer, "crop") == lies(viewer, "original") != still
    page.keyboard.press("r")
    says(viewer, "195 % · 90°")
    page.keyboard.press("l")
    page.keyboard.press("l")
    says(viewer, "195 % · 270°")
    for _ in range(9):
        page.keyboard.press("+")
    says(viewer, "400 % · 270°")
    page.keyboard.press("0")
    says(viewer, "100 %")
    assert lies(viewer, "crop") == whole
    assert [one.url for one in asked if one.method != "GET" or one.url.endswith(tuple(mine))] == []


def test_buttons_wheel_and_mouse_do_the_same_and_one_picture_may_go_alone(viewer: Locator) -> None:
    page, crop = viewer.page, frame(viewer, "crop")
    page.mouse.move(*middle(crop))
    page.mouse.wheel(0, -300)  # the wheel is the page's until the picture has the focus
    says(viewer, "100 %")
    crop.focus()
    crop.scroll_into_view_if_needed()
    place = middle(crop)
    page.mouse.move(*place)
    page.mouse.wheel(0, -300)
    says(viewer, "116 %")
    assert middle(crop) == place  # and the page stays where it is
    viewer.get_by_role("button", name="放大").click()
    says(viewer, "145 %")
    before = lies(viewer, "original")
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + 20, place[1] + 10)
    page.mouse.up()
    page.mouse.move(place[0] + 60, place[1] + 60)  # let go
    dragged = lies(viewer, "original")
    assert dragged == lies(viewer, "crop") != before
    viewer.get_by_label("一起移动").uncheck()
    viewer.get_by_role("button", name="右转").click()
    says(viewer, "原图 145 % · 切边后 145 % · 90°")
    assert lies(viewer, "original") == dragged
    viewer.get_by_role("button", name="缩小").click()
    viewer.get_by_role("button", name="复原").click()
    says(viewer, "原图 145 % · 切边后 100 %")


def test_a_field_shows_where_on_the_cut_out_it_was_read(viewer: Locator) -> None:
    slot = viewer.locator("xpath=..")
    mark, original = viewer.locator(".viewer-mark polygon"), lies(viewer, "original")
    expect(mark).to_have_count(0)
    field = slot.get_by_role("button", name="住址：在照片上指出")
    field.focus()
    field.press("Enter")
    expect(mark).to_have_count(1)
    says(viewer, "原图 100 % · 切边后 240 %")
    assert lies(viewer, "original") == original
    across, down = middle(frame(viewer, "crop"))
    x, y = middle(mark)
    assert abs(x - across) < 3 and abs(y - down) < 3
    viewer.get_by_role("button", name="复原").click()
    expect(mark).to_have_count(0)


def test_on_a_phone_one_picture_is_there_at_a_time_and_everybody_can_use_it(viewer: Locator) -> None:
    page = viewer.page
    expect(frame(viewer, "original")).to_be_visible()
    expect(viewer.get_by_role("button", name="原图")).to_be_hidden()
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    expect(frame(viewer, "crop")).to_be_visible()
    expect(frame(viewer, "original")).to_be_hidden()
    viewer.get_by_role("button", name="原图").click()
    expect(frame(viewer, "original")).to_be_visible()
    expect(frame(viewer, "crop")).to_be_hidden()
    expect(viewer.get_by_role("button", name="原图")).to_have_attribute("aria-pressed", "true")
    viewer.get_by_role("button", name="左转").click()
    says(viewer, "100 % · 270°")
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    earlier = viewer.locator("xpath=..").locator("details.attempts")
    earlier.locator("summary").first.click()
    earlier.locator("details summary").first.click()
    expect(earlier.locator("img")).not_to_have_js_property("naturalWidth", 0)
    inspector = Inspector()
    inspector.look(page, "a turned photograph beside what was read, and an earlier cut-out")
    assert inspector.wrong == []
