# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""A booking in one's own calendar: one event a case, a higher number with each change, taken out once it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tests.web.conftest import HandClock
from tests.web.line import Line
from tests.web.test_appointments import THURSDAY, booked, booking  # noqa: F401
from tests.web.test_roads_certificate import at_video, line  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401

SHANGHAI = ZoneInfo("Asia/Shanghai")


def taken(line: Line) -> tuple[str, Event]:
    """The method of the file, and its one event."""
    answer = line.client.get(f"/cases/{line.case_id}/appointment.ics")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar; charset=utf-8")
    assert all(len(row) <= 75 for row in answer.data.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.data)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def test_a_booking_is_an_event_in_the_time_of_shanghai(booked: Line) -> None:
    assert f'href="/cases/{booked.case_id}/appointment.ics"' in booked.page().text
    method, event = taken(booked)
    assert (method, event["status"], event["sequence"]) == ("PUBLISH", "CONFIRMED", 0)
    assert event["uid"] == f"appointment-{booked.case_id}@kaihu"
    assert event.decoded("dtstart") == datetime(2026, 11, 25, 9, tzinfo=SHANGHAI)
    assert event.decoded("dtend") == datetime(2026, 11, 25, 11, 30, tzinfo=SHANGHAI)
    assert "视频验证" in event["summary"] and "本人身份证原件" in event["description"]
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=-1)


def test_a_change_is_the_same_event_with_a_higher_number(booked: Line, clock: HandClock) -> None:
    _, first = taken(booked)
    booked.post(choice="change")
    clock.pass_by(seconds=1)
    booked.post(appointment=THURSDAY)
    method, event = taken(booked)
    assert method == "PUBLISH" and event["uid"] == first["uid"] and event["sequence"] > first["sequence"]
    assert event.decoded("dtstart") == datetime(2026, 11, 26, 13, tzinfo=SHANGHAI)


def test_a_cancelled_booking_is_taken_out_again(booked: Line, clock: HandClock) -> None:
    _, first = taken(booked)
    booked.post(choice="cancel")
    page = booked.page().text
    assert "从日历中移除（.ics）" in page
    method, event = taken(booked)
    assert (method, event["status"]) == ("CANCEL", "CANCELLED")
    assert event["uid"] == first["uid"] and event["sequence"] > first["sequence"] and not event.walk("VALARM")
    clock.pass_by(seconds=1)
    booked.post(choice="book")
    booked.post(appointment=THURSDAY)
    method, event = taken(booked)
    assert method == "PUBLISH" and event["sequence"] == 2, "booked anew, it stands again"


def test_without_a_booking_there_is_no_file(at_video: Line) -> None:
    assert at_video.client.get(f"/cases/{at_video.case_id}/appointment.ics").status_code == 404
    assert ".ics" not in at_video.page().text
