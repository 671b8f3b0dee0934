"""Refusals that only another composition of the same installation brings about, each at a side door of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from cli.demonstration.screens import meanwhile
from cli.demonstration.screens.behind import read_picture
from cli.demonstration.screens.going import go
from cli.demonstration.screens.investor import BUSINESS, Investor
from cli.demonstration.screens.product import free_port
from cli.demonstration.screens.side_door import HandClock, SideDoor, as_it_is, side_door
from cli.demonstration.screens.visit import PEOPLE, Visit, clicks
from cli.installation import Installation
from engine.accounts import LocalAccountSystem, Person
from engine.clock import SHANGHAI
from engine.company import default_company
from webapp.settings import Limits
from workers.drivers.account_http import account_system

CODE = "button.button[name=action][value=code]"
SOMEBODY = PEOPLE["sunbuqian"]
LONG_ADDRESS = "样例省样例市和平路1号" + "，从大门进来第二个路口右转" * 9
LAST_MINUTE, OVER = time(16, 59), timedelta(minutes=1)


class Bewildered(LocalAccountSystem):
    """An account system that fails in a way that nobody thought of."""

    def look_up(self, id_number: str) -> Person | None:
        raise RuntimeError("nobody thought of this")


def at_the_sign_in_page(visit: Visit, place: Installation) -> None:
    """Closed; without the account system; more codes, pictures or pages than an address may have; broken."""
    told, nobody = as_it_is(place), f"http://127.0.0.1:{free_port()}"
    with side_door(place, replace(told, clock=HandClock(next_sunday())), always_open=False) as door:
        visit.look(_asks_code(visit, place, door), "refused_outside_hours")
    with side_door(place, told, partial(account_system, url=nobody, folder=_with_a_secret(place))) as door:
        visit.look(_asks_code(visit, place, door), "refused_account_system_away")
    with side_door(place, replace(told, limits=Limits(codes_an_hour_by_address=0))) as door:
        page = _asks_code(visit, place, door)
        expect(page.locator("#error-summary")).to_contain_text("此网络获取验证码太频繁")
        visit.look(page, "refused_codes_by_address")
    with side_door(place, replace(told, limits=Limits(pictures_an_hour_by_address=0))) as door:
        visit.look(_opens(visit, door), "refused_pictures_by_address")
    with side_door(place, told, Bewildered) as door:
        visit.look(_asks_code(visit, place, door), "refused_unforeseen")
    with side_door(place, replace(told, requests_a_minute=0)) as door:
        visit.look(_opens(visit, door), "refused_too_many_requests")


def _with_a_secret(place: Installation) -> Path:
    """The data folder, as it is where the company's own account system is connected."""
    secret = place.data / "account_system.secret"
    secret.touch(0o600)
    secret.write_text("secret-of-the-walk-alone", "ascii")
    return place.data


def _opens(visit: Visit, door: SideDoor) -> Page:
    page = visit.page()
    page.goto(f"{door.address}/sign-in/{BUSINESS}")
    return page


def _asks_code(visit: Visit, place: Installation, door: SideDoor) -> Page:
    page = _opens(visit, door)
    page.locator("input[name=id_number]").fill(SOMEBODY.id_number)
    page.locator("input[name=picture]").fill(read_picture(place, page))
    clicks(page, CODE)
    return page


def next_sunday() -> datetime:
    today = datetime.now(SHANGHAI).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday() - 1 or 7), time(10), SHANGHAI)


def next_afternoon() -> datetime:
    """The last minute in which verifiers answer, on the next trading day."""
    trading, day = default_company().calendars.trading, datetime.now(SHANGHAI).date() + timedelta(days=1)
    while not trading.is_trading_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, LAST_MINUTE, SHANGHAI)


def after_video_hours(visit: Visit, me: Investor, place: Installation) -> None:
    """At the video page, which lay open while the last minute went by."""
    clock = HandClock(next_afternoon())
    settings = replace(as_it_is(place), clock=clock)
    with (
        side_door(place, settings, always_open=False) as door,
        meanwhile.awake_at(place, clock.moment),
        at(door, me),
    ):
        clock.moment += OVER
        me.presses("开始视频通话").is_refused("现在不在视频服务时间")
        visit.look(me.page, "refused_outside_video_hours")


def nothing_can_be_kept(visit: Visit, me: Investor, place: Installation) -> None:
    """At a step with text: somebody else writes all the time; then the disk is full."""
    with side_door(place, as_it_is(place)) as door, at(door, me):
        door.tells_its_database("busy_timeout=50")
        me.page.locator("[name=address]").fill(LONG_ADDRESS)
        with meanwhile.another_writer(place):
            me.goes_on().is_refused("另一项操作刚好同时进行")
        visit.look(me.page, "refused_two_writers")
        door.tells_its_database(f"max_page_count={meanwhile.pages_of_the_database(place)}")
        me.goes_on().is_refused("存储空间不足")
        visit.look(me.page, "refused_disk_full")


@contextmanager
def at(door: SideDoor, me: Investor) -> Iterator[None]:
    """The page that he looks at, from this door; then from the front again."""
    front = me.page.url
    go(me.page, door.address + urlsplit(front).path)
    yield
    go(me.page, front)
