"""Calendars, appointments, periods and settings of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from engine.calendar import BadCalendar, Calendar
from engine.company.model import AppointmentRules, Calendars, Publishing, Retention
from engine.company.reader import MISSING, UNKNOWN, Reader
from engine.feel.said import Said

CALENDARS = ("self_service", "video", "trading")
DURATION = re.compile(r"P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?)")
IS_DURATION = ("须是一段时间，如 P30D（30 天）或 PT12H（12 小时）", "a period is needed, such as P30D or PT12H")
MOST_DAYS_AHEAD, MOST_PLACES = 90, 1000
MOST_DAYS_KEPT = 3650
LAWFUL_YEARS, MOST_YEARS_KEPT = 20, 100
"""期货和衍生品法, article 117: futures companies keep customers' papers for at least twenty years."""
YEARS_TOLD = (
    f"须是 {LAWFUL_YEARS} 到 {MOST_YEARS_KEPT} 之间的整数（期货和衍生品法第一百一十七条：至少保存 {LAWFUL_YEARS} 年），"
    "或 null（不销毁）",
    f"{LAWFUL_YEARS} to {MOST_YEARS_KEPT} (article 117 of the Futures and Derivatives Law: at least {LAWFUL_YEARS}),"
    " or null to keep them",
)


def _is_duration(value: object) -> bool:
    return isinstance(value, str) and DURATION.fullmatch(value) is not None


SETTINGS: dict[str, tuple[Callable[[object], bool], tuple[str, str]]] = {
    "idle_warning": (_is_duration, IS_DURATION),
    "idle_limit": (_is_duration, IS_DURATION),
    "second_review": (lambda value: isinstance(value, bool), ("须填写 true 或 false", "true or false is needed")),
}
SWITCHES = {"second_review": Said("柜台办理由第二人复核", "a second person reviews at the counter")}
"""What the settings that are on or off are called."""


def read_calendars(read: Reader, document: Mapping[str, Any]) -> Calendars:
    """The three calendars (G1)."""
    record = read.get("", document, "calendars", dict, {})
    read.only("calendars.", record, CALENDARS)
    return Calendars(**{name: _calendar(read, record, name) for name in CALENDARS})


def _calendar(read: Reader, record: Mapping[str, Any], name: str) -> Calendar:
    entry = read.get("calendars.", record, name, dict, {})
    try:
        return Calendar.parse(entry)
    except BadCalendar as wrong:
        place = f"calendars.{name}" + (f".{wrong.place}" if wrong.place else "")
        read.note(place, wrong.zh, wrong.en)
        return Calendar()


def read_appointments(read: Reader, document: Mapping[str, Any]) -> AppointmentRules:
    """Halves of the day, places in them, how far ahead (G13)."""
    at, record = "appointments.", read.get("", document, "appointments", dict, {})
    read.only(at, record, ("days_ahead", "am", "pm", "capacity", "branches"))
    branches = read.get(at, record, "branches", dict, {})
    rules = AppointmentRules(
        days_ahead=read.number(at, record, "days_ahead", 1, MOST_DAYS_AHEAD),
        am=_half(read, at, record, "am"),
        pm=_half(read, at, record, "pm"),
        capacity=read.number(at, record, "capacity", 0, MOST_PLACES),
        branches={name: read.number(f"{at}branches.", branches, name, 0, MOST_PLACES) for name in branches},
    )
    read.judge(rules.am[1] <= rules.pm[0], f"{at}pm", "须在上午结束之后开始", "begins when am is over")
    return rules


def _half(read: Reader, at: str, record: Mapping[str, Any], half: str) -> tuple[time, time]:
    given = read.get(at, record, half, list, [])
    try:
        start, end = (datetime.strptime(text, "%H:%M").time() for text in given)
    except (ValueError, TypeError):
        start = end = time(0)
    told = ('须是两个时间，如 ["09:00", "11:30"]，早的在前', 'two times such as ["09:00", "11:30"], the earlier first')
    read.judge(start < end, f"{at}{half}", *told)
    return start, end


def read_retention(read: Reader, document: Mapping[str, Any]) -> Retention:
    """How long is kept what no law wants kept (G8), and recordings, which it wants kept."""
    at, record = "retention.", read.get("", document, "retention", dict, {})
    read.only(at, record, ("given_up_days", "recording_years"))
    days = read.number(at, record, "given_up_days", 1, MOST_DAYS_KEPT)
    return Retention(days, _recording_years(read, at, record))


def _recording_years(read: Reader, at: str, record: Mapping[str, Any]) -> int | None:
    """Records of before this entry do not have it: they keep recordings, as before."""
    years = record.get("recording_years")
    if years is None:
        return None
    fits = isinstance(years, int) and not isinstance(years, bool) and LAWFUL_YEARS <= years <= MOST_YEARS_KEPT
    read.judge(fits, f"{at}recording_years", *YEARS_TOLD)
    return years if fits else None


def read_publishing(read: Reader, document: Mapping[str, Any]) -> Publishing:
    """Whether a second person publishes what an analyst made."""
    at, record = "publishing.", read.get("", document, "publishing", dict, {})
    read.only(at, record, ("second_person",))
    return Publishing(read.get(at, record, "second_person", bool, False))


def read_settings(read: Reader, document: Mapping[str, Any]) -> Mapping[str, object]:
    """The settings that diagrams read as `settings.NAME`."""
    record = read.get("", document, "settings", dict, {})
    for name in sorted(record.keys() ^ SETTINGS.keys()):
        read.note(f"settings.{name}", *(UNKNOWN if name in record else MISSING))
    for name in sorted(record.keys() & SETTINGS.keys()):
        fits, told = SETTINGS[name]
        read.judge(fits(record[name]), f"settings.{name}", *told)
    return record
