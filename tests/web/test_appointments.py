# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""预约视频: half days of trading days, as many as the branch takes; changed, cancelled, missed, first in line."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine import timers
from engine.company import default_company, save
from engine.store import Store
from engine.tables import Appointment
from tests.web.conftest import HandClock
from tests.web.line import Line
from tests.web.test_roads_certificate import at_video, line  # noqa: F401
from tests.web.test_steps_line import app, at_once, browser  # noqa: F401

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


def rows(store: Store) -> list[tuple[str, str | None]]:
    with store.read() as tx:
        found = tx.scalars(select(Appointment).order_by(Appointment.booked_at, Appointment.id))
        return [(f"{row.day}.{row.half}", row.closed_how) for row in found]


def test_the_page_offers_trading_days_with_what_is_free(booking: Line) -> None:
    page = booking.page().text
    assert 'value="2026-11-25.am"' in page and 'value="2026-12-24.pm"' in page
    assert 'value="2026-11-24.pm"' not in page, "today is not offered"
    assert 'value="2026-11-28.am"' not in page, "Saturday is no trading day"
    assert 'value="2026-12-25.am"' not in page, "further than 30 days"
    assert "可约 20，已约 0" in page


def test_a_booking_is_kept_and_the_case_says_so(booked: Line, store: Store) -> None:
    page = booked.page().text
    assert "<h1>等待预约时段</h1>" in page and "已预约 2026-11-25 上午" in page and booked.case.status == "已预约"
    assert rows(store) == [(WEDNESDAY, None)]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "请选择预约日期和时段"),
        ({"appointment": "2026-11-24.pm"}, "这个时段不能预约，请从列表中选择"),
        ({"appointment": "2026-11-29.am"}, "这个时段不能预约，请从列表中选择"),
        ({"appointment": "tomorrow"}, "这个时段不能预约，请从列表中选择"),
    ],
)
def test_what_is_not_offered_is_refused(booking: Line, store: Store, chosen: dict[str, str], said: str) -> None:
    answer = booking.post(**chosen)
    assert answer.status_code == 422 and said in answer.text and rows(store) == []


def test_a_full_half_day_is_refused_and_said(booking: Line, store: Store) -> None:
    shown = booking.page()
    document = dict(default_company().document)
    save(store, {**document, "appointments": {**document["appointments"], "branches": {"east": 0}}})
    answer = booking.post(booking.path(), shown, appointment=WEDNESDAY)
    assert answer.status_code == 422 and "这个时段刚刚约满" in answer.text and "已约满" in answer.text
    assert rows(store) == []


def test_a_change_gives_the_first_place_back(booked: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(minutes=1)
    booked.post(choice="change")
    page = booked.page().text
    assert "您已预约 2026-11-25 上午" in page and "您的预约" in page
    booked.post(appointment=THURSDAY)
    assert rows(store) == [(WEDNESDAY, "changed"), (THURSDAY, None)]


def test_a_cancelled_booking_is_free_again(booked: Line, store: Store) -> None:
    booked.post(choice="cancel")
    assert rows(store) == [(WEDNESDAY, "cancelled")] and booked.case.status == "待视频"
    assert "您已预约" not in booked.page().text


def test_from_the_video_page_one_finds_ones_booking(booked: Line) -> None:
    booked.post(choice="queue")
    from tests.web.test_video_page import leave

    leave(booked)
    page = booked.page().text
    assert "您已预约 2026-11-25 上午" in page and "查看我的预约</button>" in page
    booked.post(choice="booked")
    assert "<h1>等待预约时段</h1>" in booked.page().text


def test_without_a_booking_there_is_none_to_be_seen(at_video: Line) -> None:
    answer = at_video.post(choice="booked")
    assert answer.status_code == 422 and "您现在没有预约" in answer.text


def test_who_does_not_come_is_back_at_the_video_page(booked: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(days=1, hours=1, minutes=30)  # 11:24 of the booked morning
    assert timers.sweep(store) == 0
    clock.pass_by(minutes=10)
    assert timers.sweep(store) == 1
    assert booked.case.status == "待视频"


def test_giving_up_frees_the_place(booked: Line, store: Store) -> None:
    from tests.web.conftest import post

    post(booked.client, f"/cases/{booked.case_id}/abandon", booked.client.get(f"/cases/{booked.case_id}/abandon"))
    assert rows(store) == [(WEDNESDAY, "ended")]
