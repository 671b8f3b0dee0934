"""Dates and durations: ISO 8601 text to values and back, and sums of them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DATE.pattern + r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_COUNT = r"([0-9]{1,9})"
_MONTHS = re.compile(rf"(-?)P(?=[0-9])(?:{_COUNT}Y)?(?:{_COUNT}M)?")
_CLOCK = rf"T(?=[0-9])(?:{_COUNT}H)?(?:{_COUNT}M)?(?:{_COUNT}S)?"
_DAYS = re.compile(rf"(-?)P(?=[0-9T])(?:{_COUNT}W|(?:{_COUNT}D)?(?:{_CLOCK})?)")


@dataclass(frozen=True, order=True)
class Months:
    """A duration of whole months, FEEL's years and months duration; it has no length in days."""

    count: int


Duration = timedelta | Months


@lru_cache(maxsize=256)  # each step of a case asks again for the few that its timers say
def parse_duration(text: str) -> Duration | None:
    """The duration that ISO text says; years and months do not mix with days and hours. None when it is none."""
    if match := _MONTHS.fullmatch(text):
        sign, years, months = match.groups(default="0")
        return Months((int(years) * 12 + int(months)) * (-1 if sign == "-" else 1))
    if match := _DAYS.fullmatch(text):
        sign, *counts = match.groups(default="0")
        weeks, days, hours, minutes, seconds = map(int, counts)
        try:
            length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        except OverflowError:
            return None
        return -length if sign == "-" else length
    return None


def parse_date(text: str) -> date | None:
    """The day that ISO text says, or None."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """The moment that ISO text with date and time says, or None."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def duration_text(length: Duration) -> str:
    """ISO text of a duration, whole seconds."""
    if isinstance(length, Months):
        return f"{'-' if length.count < 0 else ''}P{abs(length.count)}M"
    seconds = int(abs(length).total_seconds())
    sign = "-" if length < timedelta(0) else ""
    if seconds % 86400 == 0:
        return f"{sign}P{seconds // 86400}D"
    return f"{sign}PT{seconds}S"


def shift(day: date, length: Duration) -> date | None:
    """A date or moment moved by a duration; a day that the month lacks becomes its last. None outside the calendar."""
    try:
        return _shift_months(day, length.count) if isinstance(length, Months) else day + length
    except (OverflowError, ValueError):
        return None


def _shift_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def scale(length: Duration, factor: Decimal) -> Duration | None:
    """A duration times a number; months are cut to whole ones."""
    try:
        if isinstance(length, Months):
            return Months(int(length.count * factor))
        return timedelta(microseconds=int(Decimal(length // timedelta(microseconds=1)) * factor))
    except (OverflowError, ArithmeticError):
        return None


def negate(length: Duration) -> Duration | None:
    """The same duration backwards; None at the far end of the range, which has no opposite."""
    try:
        return Months(-length.count) if isinstance(length, Months) else -length
    except OverflowError:
        return None
