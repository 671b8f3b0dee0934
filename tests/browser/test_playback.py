"""A reviewer watches a recorded call: the film plays, and a moment's link winds it to its place."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cli.demonstration.screens.desk import Desk
from engine import call_timeline, calls, recordings
from engine.actors import Actor
from engine.tables import Staff
from tests.browser.conftest import Windows
from tests.browser.head_start import HeadStart
from tests.browser.patience import until
from tests.browser.town import Town
from tests.film import chunks, webm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

LASTS = 5


def filmed(case: HeadStart, by: Actor) -> None:
    """A call in two parts, as its verifier's browser would send it, that ends with a pass."""
    store, task = case.store, case.task("video_verification")
    calls.room(store, task.id, by)
    calls.consent(store, case.id, case.me)
    for seconds in (3, LASTS - 3):
        part = recordings.begin_part(store, task.id, by)
        for n, data in enumerate(chunks(webm(seconds))):
            recordings.append(store, task.id, by, part, n, data)
    call_timeline.tick(store, task.id, by, "introduced", True)
    with store.write() as tx:
        calls.conclude(store, tx, tx.get_one(type(task), task.id), calls.PASS)


def filmed_case(town: Town) -> HeadStart:
    """A case at the review, with a call whose film has been made."""
    case, by = HeadStart(town, town.somebody()), town.actor("verifier.bj")
    case.to_line()
    case.hold("video_verification", by)
    filmed(case, by)
    case.decide("video_verification", by=by, video__decision="pass")
    case.do("video_passed")
    case.do("certificate_recheck", certificate__found=True)
    case.do("sign_agreements")
    with town.store.read() as tx:
        call = calls.of_whole_case(tx, case.id)[0]
    until(lambda: joined(town, call.id))
    return case


@pytest.mark.parametrize("width", [1280, 375])
def test_a_reviewer_watches_the_call_and_winds_it_to_a_tick(reviewer: Desk, town: Town, width: int) -> None:
    case = filmed_case(town)
    page = reviewer.opens_case(town.number_of(case.id)).claims().page
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("link", name="观看录像和核对时间").click()
    expect(page.get_by_text("✓ 录像完整")).to_be_visible()
    film = page.locator("#film")
    until(lambda: film.evaluate("one => one.readyState >= 1"))
    assert film.evaluate("one => one.duration") == pytest.approx(LASTS, abs=0.5)
    moment = page.locator("li", has_text="已向客户说明").get_by_role("link")
    moment.click()
    until(lambda: moment.get_attribute("aria-current") == "true")
    assert film.evaluate("one => one.currentTime") == pytest.approx(float(moment.get_attribute("data-second")), abs=0.1)
    is_well_made(page, width)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_supervisor_gives_a_reason_and_sees_his_name_over_the_picture_on_the_whole_screen_too(
    new_window: Windows, town: Town, width: int
) -> None:
    case = filmed_case(town)
    page = town.desk(new_window(), "supervisor.bj").page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(town.product.address + "/desk/supervise")
    page.get_by_role("link", name="通话录像").click()
    is_well_made(page, width)
    page.get_by_role("row").filter(has_text=town.number_of(case.id)).get_by_role("link", name="观看").click()
    page.get_by_role("button", name="观看录像").click()
    expect(page.get_by_text("请写明原因").first).to_be_visible()
    is_well_made(page, width)
    page.get_by_label("原因").fill("投诉 0417 号，核对通话内容")
    page.keyboard.press("Enter")
    film = page.locator("#film")
    until(lambda: film.evaluate("one => one.readyState >= 1"))
    assert film.evaluate("one => one.duration") == pytest.approx(LASTS, abs=0.5)
    with town.store.read() as tx:
        name = tx.get_one(Staff, town.actor("supervisor.bj").id).name
    mark = page.locator(".film-mark span").first
    expect(mark).to_contain_text(name)
    is_well_made(page, width)
    page.get_by_role("button", name="全屏").click()
    until(lambda: page.evaluate("document.fullscreenElement?.id") == "film-frame")
    assert page.locator("#film-frame .film-mark").count() == 1 and mark.is_visible()


def is_well_made(page: Page, width: int) -> None:
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def joined(town: Town, call_id: str) -> bool:
    with town.store.read() as tx:
        return recordings.joined(tx, call_id) is not None
