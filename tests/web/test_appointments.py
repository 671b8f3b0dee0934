# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""预约视频: half days of trading days, as many as the branch takes; changed, cancelled, missed, first in line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import bookings, timers
from engine.company import default_company, save
from engine.store import Store
from engine.tables import Appointment
from forms.context import HalfDay
from tests.web.conftest import ON_BOTH, HandClock, KeptSms, post, sign_in
from tests.web.line import Line
from tests.web.test_desk import claim, somebody
from tests.web.test_roads_certificate import at_video, line  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.steps import knowing

WEDNESDAY, THURSDAY = "2026-11-25.am", "2026-11-26.pm"


@pytest.fixture
def booking(at_video: Line) -> Line:
    """At the page that offers half days."""
    assert at_video.post(choice="book").status_code == 303
    return at_video


@pytest.fixture
def booked(booking: Line) -> Line:
    """With an appointment tomorrow morning."""
    assert booking.post(appointment=WEDNESDAY).status_code == 303
    return booking


@pytest.fixture
def later(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> Callable[..., None]:
    """Time passes, and who was signed in signs in again: no session lives that long."""

    def wait(**time: float) -> None:
        clock.pass_by(**time)
        assert sign_in(app, client, sms).status_code == 303

    return wait


def rows(store: Store) -> list[tuple[str, str | None]]:
    with store.read() as tx:
        found = tx.scalars(select(Appointment).order_by(Appointment.booked_at, Appointment.id))
        return [(f"{row.day}.{row.half}", row.closed_how) for row in found]


def with_rules(store: Store, **rules: object) -> None:
    """The company changes when the video can be booked."""
    document = dict(default_company().document)
    save(store, {**document, "appointments": {**document["appointments"], **rules}})


def weeks_in_sight(page: str) -> list[bool]:
    return [week.startswith(" open") for week in page.split('<details class="half-days"')[1:]]


def test_the_page_offers_trading_days_with_what_is_free(booking: Line) -> None:
    page = booking.page().text
    assert (
        "上午 09:00-11:30，下午 13:00-17:00" in page and ">预约视频</button>" in page and "下一步</button>" not in page
    )
    assert 'value="2026-11-25.am"' in page and 'value="2026-12-24.pm"' in page
    assert 'value="2026-11-24.pm"' not in page, "today is not offered"
    assert 'value="2026-11-28.am"' not in page, "Saturday is no trading day"
    assert 'value="2026-12-25.am"' not in page, "further than 30 days"
    assert "可约 20，已约 0" in page


def test_the_first_days_are_in_sight_and_the_one_that_is_chosen(booking: Line, later: Callable[..., None]) -> None:
    assert weeks_in_sight(booking.page().text) == [True, False, False, False, False]
    booking.post(appointment="2026-12-09.am")
    booking.post(choice="change")
    assert weeks_in_sight(booking.page().text) == [True, False, True, False, False]
    later(days=2)  # Thursday: Friday alone is not enough
    assert weeks_in_sight(booking.page().text)[:2] == [True, True]


def test_a_full_half_day_says_so_and_cannot_be_chosen(booking: Line, store: Store) -> None:
    with_rules(store, capacity=0)
    page = booking.page().text
    assert page.count(" disabled>") == page.count('type="radio"') > 0 and "已约满" in page and "可约" not in page


def test_where_nothing_is_offered_the_hotline_is_told(booking: Line, store: Store) -> None:
    with_rules(store, days_ahead=1)
    document = dict(default_company().document)
    closed = {**document["calendars"], "video": {"hours": {}}}
    save(store, {**document, "calendars": closed})
    assert "现在没有可以预约的时段，请致电" in booking.page().text


@ON_BOTH
def test_a_booking_is_kept_and_the_case_says_so(booked: Line, store: Store) -> None:
    page = booked.page().text
    assert "<h1>等待预约时段</h1>" in page and "已预约 2026-11-25 上午" in page and booked.case.status == "已预约"
    assert rows(store) == [(WEDNESDAY, None)]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "请选择预约日期和时段"),
        ({"appointment": "2026-11-24.pm"}, "2026-11-24 已经不能预约，最早可以预约明天"),
        ({"appointment": "2026-12-25.pm"}, "2026-12-25 还不能预约，最多可以预约 30 天以内"),
        ({"appointment": "2026-11-29.am"}, "2026-11-29 不是交易日，不能预约"),
        ({"appointment": "2026-11-25"}, "这个时段不能预约，请从列表中选择"),
        ({"appointment": "tomorrow"}, "这个时段不能预约，请从列表中选择"),
    ],
)
def test_what_is_not_offered_is_refused(booking: Line, store: Store, chosen: dict[str, str], said: str) -> None:
    answer = booking.post(**chosen)
    assert answer.status_code == 422 and said in answer.text and rows(store) == []


def test_a_day_that_was_offered_yesterday_is_gone_in_words(
    booking: Line, store: Store, later: Callable[..., None]
) -> None:
    later(days=1)
    answer = booking.post(appointment=WEDNESDAY)
    assert answer.status_code == 422 and "2026-11-25 已经不能预约" in answer.text and rows(store) == []
    assert booking.post(appointment=THURSDAY).status_code == 303


def test_a_full_half_day_is_refused_and_said(booking: Line, store: Store) -> None:
    shown = booking.page()
    with_rules(store, branches={"east": 0})
    answer = booking.post(booking.path(), shown, appointment=WEDNESDAY)
    assert answer.status_code == 422 and "这个时段刚刚约满" in answer.text and "已约满" in answer.text
    assert rows(store) == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"branches": {"east": 0}}, "这个时段刚刚约满"),
        ({"days_ahead": 1}, "2026-11-26 还不能预约"),
    ],
    ids=["full", "not offered"],
)
def test_what_goes_between_the_judging_and_the_booking_is_refused_with_what_is_free_now(
    booked: Line, store: Store, monkeypatch: pytest.MonkeyPatch, rules: dict[str, object], said: str
) -> None:
    """The form has seen a free half day; the booking, under the branch's lock, does not."""
    booked.post(choice="change")
    shown = booked.page()
    with_rules(store, **rules)
    seen = HalfDay("2026-11-26.am", "2026-11-26T11:30:00+08:00", 1)
    monkeypatch.setattr(knowing, "half_days", lambda asked: (seen,))
    monkeypatch.setattr("webapp.steps.booking.problems", lambda here, given: {})
    answer = booked.post(booked.path(), shown, appointment=seen.id)
    assert answer.status_code == 422 and said in answer.text
    assert rows(store) == [(WEDNESDAY, None)], "what he had is his still"
    assert booked.case.status == "待视频" and "您已预约 2026-11-25 上午" in answer.text


def test_a_change_gives_the_first_place_back(booked: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(minutes=1)
    booked.post(choice="change")
    page = booked.page().text
    assert "您已预约 2026-11-25 上午" in page and "您的预约" in page and ">更改预约</button>" in page
    booked.post(appointment=THURSDAY)
    assert rows(store) == [(WEDNESDAY, "changed"), (THURSDAY, None)]


def test_a_cancelled_booking_is_free_again(booked: Line, store: Store) -> None:
    booked.post(choice="cancel")
    assert rows(store) == [(WEDNESDAY, "cancelled")] and booked.case.status == "待视频"
    page = booked.page().text
    assert "预约已取消，名额已让出" in page and "您已预约" not in page and "已过" not in page


def test_the_waiting_page_says_what_to_have_ready_and_whether_one_comes_first(
    booked: Line, later: Callable[..., None]
) -> None:
    page = booked.page().text
    assert "周三" in page and "09:00-11:30" in page and "请准备好本人身份证原件、摄像头、麦克风和扬声器" in page
    assert "预约时段还没有到。现在也可以进入排队，但不优先；预约仍然保留" in page
    assert ">更改预约</button>" in page and ">确认取消预约</button>" in page and "下一步</button>" not in page
    later(days=1)
    page = booked.page().text
    assert "预约时段已经开始，现在进入排队会优先接通" in page
    assert 'class="button button-primary" name="choice" value="queue"' in page


def test_before_the_half_day_one_stands_in_line_like_everybody_and_in_it_before_them(
    booked: Line, store: Store, later: Callable[..., None]
) -> None:
    booked.queues()
    line = booked.client.get(f"/cases/{booked.case_id}").text
    assert "第 1 位" in line and "已预约，优先" not in line and rows(store) == [(WEDNESDAY, None)]
    later(days=1)
    assert "已预约，优先" in booked.client.get(f"/cases/{booked.case_id}").text


def test_outside_the_video_hours_the_waiting_page_offers_no_line(booked: Line, later: Callable[..., None]) -> None:
    later(hours=9)  # 18:54
    page = booked.page().text
    assert "现在不在视频服务时间，不能进入排队" in page and 'value="queue"' not in page
    refused = booked.post(choice="queue")
    assert refused.status_code == 422 and "现在不在视频服务时间，2026-11-25 09:00 开始" in refused.text


def test_from_the_video_page_one_finds_ones_booking(booked: Line) -> None:
    booked.queues()
    from tests.web.test_video_page import leave

    leave(booked)
    page = booked.page().text
    assert "您已预约 2026-11-25 上午" in page and "查看我的预约</button>" in page
    booked.post(choice="booked")
    assert "<h1>等待预约时段</h1>" in booked.page().text


def test_without_a_booking_there_is_none_to_be_seen(at_video: Line) -> None:
    answer = at_video.post(choice="booked")
    assert answer.status_code == 422 and "您现在没有预约" in answer.text


def test_who_does_not_come_is_back_at_the_video_page(
    booked: Line, store: Store, clock: HandClock, later: Callable[..., None]
) -> None:
    clock.pass_by(days=1, hours=1, minutes=30)  # 11:24 of the booked morning
    assert timers.sweep(store) == 0
    clock.pass_by(minutes=10)
    later()
    assert "预约时段已过" in booked.page().text, "also before the timer is swept"
    assert timers.sweep(store) == 1 == bookings.close_missed(store)
    assert rows(store) == [(WEDNESDAY, "missed")] and booked.case.status == "待视频"
    page = booked.page().text
    assert "您预约的 2026-11-25 上午 已过" in page and "查看我的预约" not in page
    booked.post(choice="book")
    assert booked.post(appointment=THURSDAY).status_code == 303 and "已过" not in booked.page().text


def test_giving_up_frees_the_place(booked: Line, store: Store) -> None:
    post(booked.client, f"/cases/{booked.case_id}/abandon", booked.client.get(f"/cases/{booked.case_id}/abandon"))
    assert rows(store) == [(WEDNESDAY, "ended")]


def test_a_desk_reads_no_booking_among_the_answers(booked: Line, app: Flask, store: Store) -> None:
    """It lives in the line, where it is also changed and cancelled; here it would stand as it once was."""
    booked.queues()
    verifier = somebody(app, store, "sun", roles="verifier")
    page = verifier.get(claim(verifier, store)).text
    assert "核对所填信息" in page and "预约日期和时段" not in page
