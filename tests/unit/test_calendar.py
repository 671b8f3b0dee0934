"""Opening hours and trading days; every moment is passed in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.calendar import BadCalendar, Calendar
from engine.clock import SHANGHAI

MANUAL = Calendar.parse({"hours": {day: [["01:23", "23:58"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}})
VIDEO = Calendar.parse(
    {
        "hours": {day: [["09:00", "11:30"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": ["2026-12-31"],
        "public_holidays": True,
    }
)
SPECIAL = Calendar.parse(
    {
        "hours": {"mon": [["09:00", "15:00"]], "fri": [["09:00", "15:00"]]},
        "holidays": ["2026-10-05"],
        "public_holidays": True,
        "special_days": {"2026-10-10": [["09:00", "12:00"]], "2026-10-05": [["10:00", "11:00"]], "2026-11-23": []},
    }
)
OFFICE = ["08:30", "17:00"]
ALWAYS = Calendar.parse({"always_open": True})
NEVER = Calendar.parse({})


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("calendar", "day", "clock", "is_open", "reason"),
    [
        (MANUAL, "2026-11-21", "01:22:59", False, "Saturday, a second early"),
        (MANUAL, "2026-11-21", "01:23:00", True, "the first minute"),
        (MANUAL, "2026-11-21", "23:57:59", True, "the last second"),
        (MANUAL, "2026-11-21", "23:58:00", False, "the minute of closing is closed"),
        (MANUAL, "2026-11-22", "12:00:00", False, "Sunday"),
        (VIDEO, "2026-11-23", "12:00:00", False, "the midday break"),
        (VIDEO, "2026-11-23", "13:00:00", True, "after it"),
        (VIDEO, "2026-10-01", "10:00:00", False, "National Day, a Thursday"),
        (VIDEO, "2026-12-31", "10:00:00", False, "the company's own holiday"),
        (ALWAYS, "2026-11-22", "03:00:00", True, "the demonstration"),
        (NEVER, "2026-11-23", "10:00:00", False, "no hours at all"),
        (SPECIAL, "2026-10-10", "11:59:00", True, "a Saturday that is worked"),
        (SPECIAL, "2026-10-10", "12:00:00", False, "its own hours, not a weekday's"),
        (SPECIAL, "2026-10-05", "10:30:00", True, "whatever holiday falls on it"),
        (SPECIAL, "2026-11-23", "10:00:00", False, "a Monday that is closed"),
    ],
)
def test_it_is_open_within_its_hours(calendar: Calendar, day: str, clock: str, is_open: bool, reason: str) -> None:
    assert calendar.is_open(at(day, clock)) is is_open, reason


def test_a_moment_of_another_zone_is_read_in_shanghai() -> None:
    assert MANUAL.is_open(datetime(2026, 11, 22, 17, 30, tzinfo=UTC))  # Monday 01:30 there
    assert not MANUAL.is_open(datetime(2026, 11, 21, 17, 30, tzinfo=UTC))  # Sunday there


@pytest.mark.parametrize(
    ("calendar", "day", "clock", "opens", "reason"),
    [
        (MANUAL, "2026-11-22", "12:00:00", at("2026-11-23", "01:23:00"), "Sunday: tomorrow"),
        (MANUAL, "2026-11-23", "00:10:00", at("2026-11-23", "01:23:00"), "later today"),
        (MANUAL, "2026-11-23", "08:00:01", at("2026-11-23", "08:00:01"), "open already"),
        (VIDEO, "2026-11-23", "12:00:00", at("2026-11-23", "13:00:00"), "after the break"),
        (VIDEO, "2026-09-30", "18:00:00", at("2026-10-08", "09:00:00"), "after the holidays"),
        (NEVER, "2026-11-23", "12:00:00", None, "never"),
    ],
)
def test_the_next_opening(calendar: Calendar, day: str, clock: str, opens: datetime | None, reason: str) -> None:
    assert calendar.next_opening(at(day, clock)) == opens, reason


@pytest.mark.parametrize(
    ("calendar", "chinese", "english"),
    [
        (MANUAL, "周一至周六 01:23-23:58", "Mon-Sat 01:23-23:58"),
        (
            VIDEO,
            "周一至周五 09:00-11:30、13:00-17:00（法定节假日除外）",
            "Mon-Fri 09:00-11:30, 13:00-17:00, except public holidays",
        ),
        (ALWAYS, "全天开放", "open at all times"),
        (NEVER, "暂不开放", "closed"),
        (
            Calendar.parse(
                {"hours": {"mon": [["08:30", "17:00"]], "wed": [["08:30", "17:00"]], "sun": [["0:00", "24:00"]]}}
            ),
            "周一 08:30-17:00；周三 08:30-17:00；周日 00:00-24:00",
            "Mon 08:30-17:00; Wed 08:30-17:00; Sun 00:00-24:00",
        ),
    ],
)
def test_the_line_on_the_page_comes_from_the_record(calendar: Calendar, chinese: str, english: str) -> None:
    assert calendar.describe("zh") == chinese
    assert calendar.describe("en") == english


@pytest.mark.parametrize(
    ("day", "trading", "reason"),
    [
        (date(2026, 11, 23), True, "a Monday"),
        (date(2026, 11, 22), False, "a Sunday"),
        (date(2026, 10, 7), False, "a holiday on a Wednesday"),
        (date(2026, 10, 10), False, "a make-up working Saturday is no trading day"),
        (date(2026, 10, 8), True, "the first day after"),
        (date(2026, 12, 31), False, "the company's own holiday"),
        (date(2027, 1, 1), False, "a year whose list is not yet published is estimated, never an error"),
        (date(2031, 10, 1), False, "nor one far ahead"),
    ],
)
def test_trading_days_are_weekdays_without_holidays(day: date, trading: bool, reason: str) -> None:
    assert VIDEO.is_trading_day(day) is trading, reason


def test_public_holidays_count_only_when_asked_for() -> None:
    assert MANUAL.is_trading_day(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
    ],
)
def test_trading_days_are_added_and_counted(start: date, count: int, end: date) -> None:
    assert VIDEO.add_trading_days(start, count) == end
    if count:
        assert VIDEO.trading_days_between(start, end) == count
        assert VIDEO.trading_days_between(end, start) == -VIDEO.trading_days_between(start, end)


def test_a_special_day_trades_when_it_has_hours() -> None:
    week = SPECIAL.trading_days(date(2026, 10, 9), date(2026, 10, 12))
    assert week == (date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12))
    assert SPECIAL.is_trading_day(date(2026, 10, 5)) and not SPECIAL.is_trading_day(date(2026, 11, 23))
    days = [day for day, _ in SPECIAL.specials(date(2026, 10, 1), date(2026, 10, 31))]
    assert days == [date(2026, 10, 5), date(2026, 10, 10)]


def test_a_month_of_bookable_days_lists_only_trading_days() -> None:
    days = VIDEO.trading_days(date(2026, 9, 28), date(2026, 10, 9))
    assert days == (date(2026, 9, 28), date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9))
    assert VIDEO.trading_days(date(2026, 10, 9), date(2026, 9, 28)) == ()


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"hour": {}}, "hour: unknown entry"),
        ({"hours": {"monday": []}}, "hours.monday: is none of mon, tue"),
        ({"hours": []}, "hours: times for each weekday"),
        ({"hours": {"mon": "09:00-17:00"}}, "hours.mon: write [["),
        ({"hours": {"mon": [["09:00"]]}}, "hours.mon: expected pairs"),
        ({"hours": {"mon": [["9", "17:00"]]}}, "'9' is no time"),
        ({"hours": {"mon": [["25:00", "26:00"]]}}, "'25:00' is no time"),
        ({"hours": {"mon": [["22:00", "02:00"]]}}, "split it at midnight"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "the times overlap"),
        ({"holidays": "2026-10-01"}, "holidays: expected a list"),
        ({"holidays": ["1 October"]}, "'1 October' is no date"),
        ({"special_days": ["2026-10-10"]}, "special_days: times by day"),
        ({"special_days": {"10 October": []}}, "special_days: '10 October' is no date"),
        ({"special_days": {"2026-10-10": "open"}}, "special_days.2026-10-10: write [["),
        ({"always_open": "yes"}, "always_open: true or false is needed"),
    ],
)
def test_a_record_that_cannot_be_read_says_which_entry(record: dict[str, Any], why: str) -> None:
    with pytest.raises(BadCalendar) as wrong:
        Calendar.parse(record)
    assert why in str(wrong.value)
