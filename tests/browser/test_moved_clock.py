"""What only time brings, where a test moves the clock: booked and come, booked and missed, closed, dropped, idle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.product import running
from engine.clock import SHANGHAI
from engine.company import default_company
from tests.browser.clocked import FileClock
from tests.browser.conftest import Windows
from tests.browser.head_start import HeadStart
from tests.browser.line import devices_are_well, nobody_in_line, to_line, to_video
from tests.browser.patience import until
from tests.browser.strangers import Someone
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("clock")]

TEN_O_CLOCK = time(10, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> FileClock:
    return FileClock(tmp_path_factory.mktemp("clock") / "now")


@pytest.fixture(scope="module")
def town(chrome: Browser, clock: FileClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Of this module's own product, whose days are not today."""
    folder = tmp_path_factory.mktemp("moved")
    clock.move_to(first_of_two_trading_days())
    with running(folder / "data", folder / "up.log", "tests.browser.clocked", "--clock", str(clock.path)) as product:
        yield Town(product, clock)


@pytest.fixture(autouse=True)
def another_day(town: Town, clock: FileClock) -> Iterator[None]:
    """Each test begins at ten on a trading day before a trading day, with nobody in line."""
    clock.move_to(first_of_two_trading_days(clock.now()))
    yield
    nobody_in_line(town)


def first_of_two_trading_days(since: datetime | None = None) -> datetime:
    """Ten o'clock of the next trading day that has one after it."""
    trading, day = default_company().calendars.trading, (since or datetime.now(SHANGHAI)).date() + timedelta(days=1)
    while not (trading.is_trading_day(day) and trading.is_trading_day(day + timedelta(days=1))):
        day += timedelta(days=1)
    return datetime.combine(day, TEN_O_CLOCK)


def tomorrow_morning(clock: FileClock) -> str:
    return f"{clock.now().date() + timedelta(days=1)}.am"


def comes_back(town: Town, me: Investor, who: Someone) -> Investor:
    """No session lives until the next day."""
    case_id = town.case_of(who)
    return town.enter(me.page, who).opens(f"/cases/{case_id}")


def test_who_booked_this_half_day_is_called_before_one_who_waited_longer(
    page: Page, new_window: Windows, town: Town, clock: FileClock
) -> None:
    booked, early = town.somebody(), town.somebody()
    me = to_video(town, page, booked).books(tomorrow_morning(clock)).sees("等待预约时段")
    me.reads("预约时段还没有到").opens("/my").finds_pending("已预约")
    clock.pass_by(days=1, minutes=-30)
    other = to_line(town, new_window(), early).reads("第 1 位")
    clock.pass_by(minutes=4)
    devices_are_well(town, town.case_of(booked))
    comes_back(town, me, booked).sees("等待预约时段").reads("现在进入排队会优先接通").queues("进入排队")
    me.sees("排队中：第 1 位").reads("已预约，优先").reads("2 人（含您本人）")
    other.reads("第 2 位")
    desk = town.desk(new_window(), "verifier.bj").sees_queue().reads("预约今天上午")
    desk.calls_next().reads(booked.file.name)
    me.sees("视频验证人员正在接通")
    desk.breaks_off()
    desk.calls_next().reads(early.file.name)


def test_who_misses_his_half_day_is_back_at_the_video_page(page: Page, town: Town, clock: FileClock) -> None:
    who = town.somebody()
    me = to_video(town, page, who).books(tomorrow_morning(clock)).sees("等待预约时段")
    missed = tomorrow_morning(clock).split(".")[0]
    clock.pass_by(days=1, hours=1, minutes=31)
    until(lambda: town.status_of(town.case_of(who)) == "待视频")
    comes_back(town, me, who).sees("视频验证").reads(f"您预约的 {missed} 上午 已过")
    me.opens("/my").finds_pending("待视频")
    comes_back(town, me, who).books().sees("等待预约时段")


def test_outside_the_video_hours_the_page_says_when_they_begin(page: Page, town: Town, clock: FileClock) -> None:
    who = town.somebody()
    clock.move_to(clock.now().replace(hour=16, minute=59))
    me = to_video(town, page, who)
    tomorrow = tomorrow_morning(clock).split(".")[0]
    clock.pass_by(minutes=1)
    me.presses("开始视频通话").is_refused(f"现在不在视频服务时间，{tomorrow} 09:00 开始")
    expect(page.get_by_role("button", name="开始视频通话")).to_have_count(0)
    me.books().sees("等待预约时段").reads("现在不在视频服务时间，不能进入排队")


def test_a_place_is_kept_after_a_drop_and_lost_after_five_minutes(page: Page, town: Town, clock: FileClock) -> None:
    me = to_line(town, page, town.somebody()).sees("排队中：第 1 位")
    here = page.url
    page.goto("about:blank")
    clock.pass_by(minutes=4)
    HeadStart(town, town.somebody()).to_line()
    page.goto(here)
    me.sees("排队中：第 1 位").reads("2 人（含您本人）")
    page.goto("about:blank")
    clock.pass_by(minutes=5, seconds=1)
    page.goto(here)
    devices_are_well(town, me.case_id)
    me.sees("视频验证").reads("您离开超过 5 分钟，已退出排队").queues().sees("排队中：第 1 位")


def test_a_case_left_alone_is_warned_and_closed(page: Page, town: Town, clock: FileClock) -> None:
    who = town.somebody()
    case_id = HeadStart(town, who).to_basic_data()
    clock.pass_by(days=23, minutes=1)
    me = town.enter(page, who).opens("/my").finds_pending("因长期未操作而关闭")
    until(lambda: any("即将超时" in text for text in town.texts_to(who)))
    clock.pass_by(days=7)
    until(lambda: town.status_of(case_id) == "已超时")
    town.enter(page, who).opens("/my").finds_done("已超时")
    me.opens(f"/cases/{case_id}").sees("已超时")
