"""Opening hours and trading days, read from a record of the company.

    {"always_open": true}
    {"hours": {"mon": [["09:00", "11:30"], ["13:00", "24:00"]], "sat": [["01:23", "23:58"]]},
     "holidays": ["2026-12-31"], "public_holidays": true,
     "special_days": {"2027-02-20": [["09:00", "12:00"]]}}

`public_holidays` adds those of China. A make-up working day at a weekend is an office day, not a trading day: it is no
day of the week's hours, but one of `special_days`, which have hours of their own, whatever else falls on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

import holidays

from engine.clock import SHANGHAI

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60
_LOOK_AHEAD = 400


class BadCalendar(ValueError):
    """A calendar record that cannot be read: the entry, and what is wrong with it."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(f"{place}: {en}" if place else en)
        self.place, self.zh, self.en = place, zh, en


@dataclass(frozen=True, order=True)
class Hours:
    """From one minute of the day until another, which is already closed; 24:00 is 1440."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


@dataclass(frozen=True)
class Calendar:
    """When something is open, and which days are trading days."""

    week: tuple[tuple[Hours, ...], ...] = ((),) * 7
    holidays: frozenset[date] = field(default_factory=frozenset)
    public_holidays: bool = False
    always_open: bool = False
    special_days: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, record: Mapping[str, object]) -> Calendar:
        """The calendar of a record; raises BadCalendar."""
        unknown = sorted(set(record) - {"always_open", "hours", "holidays", "public_holidays", "special_days"})
        if unknown:
            raise BadCalendar(unknown[0], "没有这样的条目，请检查拼写", "unknown entry; check its spelling")
        return cls(
            _week(record.get("hours", {})),
            frozenset(_days(record.get("holidays", []))),
            _flag(record, "public_holidays"),
            _flag(record, "always_open"),
            _special_days(record.get("special_days", {})),
        )

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at this moment; the minute of closing is closed."""
        here = at.astimezone(SHANGHAI)
        minute = here.hour * 60 + here.minute
        return self.always_open or any(hours.start <= minute < hours.end for hours in self._hours(here.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """This moment if it is open, else when it opens next; None if it does not within 400 days."""
        if self.is_open(at):
            return at
        here = at.astimezone(SHANGHAI)
        days = (here.date() + _DAY * ahead for ahead in range(_LOOK_AHEAD))
        openings = (_moment(day, hours.start) for day in days for hours in self._hours(day))
        return next((opening for opening in openings if opening > here), None)

    def describe(self, lang: str = "zh") -> str:
        """The hours in words, in Chinese or (`en`) English."""
        english = lang.startswith("en")
        if self.always_open:
            return "open at all times" if english else "全天开放"
        parts = [f"{_span(first, last, english)} {_hours_text(hours, english)}" for first, last, hours in self._runs()]
        if not parts:
            return "closed" if english else "暂不开放"
        text = ("; " if english else "；").join(parts)
        if not self.public_holidays:
            return text
        return f"{text}, except public holidays" if english else f"{text}（法定节假日除外）"

    def specials(self, first: date, last: date) -> list[tuple[date, tuple[Hours, ...]]]:
        """The days with hours of their own from one day to another, both included."""
        return sorted((day, hours) for day, hours in self.special_days.items() if first <= day <= last)

    def is_holiday(self, day: date) -> bool:
        """Whether the company or, when asked for, the country has a holiday."""
        return day in self.holidays or (self.public_holidays and day in _public_holidays(day.year))

    def is_trading_day(self, day: date) -> bool:
        """Monday to Friday and no holiday, unless the record says otherwise of this very day."""
        if day in self.special_days:
            return bool(self.special_days[day])
        return day.weekday() < 5 and not self.is_holiday(day)

    def trading_days(self, first: date, last: date) -> tuple[date, ...]:
        """The trading days from one day to another, both included."""
        days = (first + _DAY * ahead for ahead in range((last - first).days + 1))
        return tuple(day for day in days if self.is_trading_day(day))

    def trading_days_between(self, start: date, end: date) -> int:
        """How many trading days come after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.trading_days_between(end, start)
        return len(self.trading_days(start + _DAY, end))

    def add_trading_days(self, day: date, count: int) -> date:
        """The trading day that is `count` of them after this day; for 0, this day or the next trading day."""
        if count < 0:
            raise ValueError("count forwards")
        if count == 0:
            return day if self.is_trading_day(day) else self.add_trading_days(day, 1)
        for _ in range(count):
            day += _DAY
            while not self.is_trading_day(day):
                day += _DAY
        return day

    def _hours(self, day: date) -> tuple[Hours, ...]:
        if day in self.special_days:
            return self.special_days[day]
        return () if self.is_holiday(day) else self.week[day.weekday()]

    def _runs(self) -> Iterator[tuple[int, int, tuple[Hours, ...]]]:
        """Neighbouring weekdays with the same hours, closed ones left out."""
        first = 0
        for day in range(1, 8):
            if day < 7 and self.week[day] == self.week[first]:
                continue
            if self.week[first]:
                yield first, day - 1, self.week[first]
            first = day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year))


def _week(hours: object) -> tuple[tuple[Hours, ...], ...]:
    if not isinstance(hours, Mapping):
        raise BadCalendar("hours", "须按星期写出时间 { … }", "times for each weekday { ... } are needed")
    unknown = sorted(set(hours) - set(WEEKDAYS))
    if unknown:
        names = ", ".join(WEEKDAYS)
        raise BadCalendar(f"hours.{unknown[0]}", f"须是 {names} 之一", f"is none of {names}")
    return tuple(_spans(f"hours.{name}", hours.get(name, ())) for name in WEEKDAYS)


def _special_days(days: object) -> dict[date, tuple[Hours, ...]]:
    if not isinstance(days, Mapping):
        told = ('须按日期写出时间，如 {"2027-02-20": [["09:00", "12:00"]]}', "times by day { ... } are needed")
        raise BadCalendar("special_days", *told)
    return {_day("special_days", day): _spans(f"special_days.{day}", spans) for day, spans in days.items()}


def _spans(place: str, spans: object) -> tuple[Hours, ...]:
    if not isinstance(spans, list | tuple):
        told = ('须写成 [["09:00", "17:00"]]，不开放写 []', 'write [["09:00", "17:00"]], or [] for closed')
        raise BadCalendar(place, *told)
    found = tuple(sorted(_one_span(place, span) for span in spans))
    if any(later.start < earlier.end for earlier, later in pairwise(found)):
        raise BadCalendar(place, "时间重叠", "the times overlap")
    return found


def _one_span(place: str, span: object) -> Hours:
    if not isinstance(span, list | tuple) or len(span) != 2:
        raise BadCalendar(place, '每段须是一对时间，如 ["09:00", "17:00"]', 'expected pairs such as ["09:00", "17:00"]')
    hours = Hours(*(_minute(place, end) for end in span))
    if hours.start >= hours.end:
        told = (f"{hours} 的结束早于开始；跨午夜请分成两段", f"{hours} ends before it starts; split it at midnight")
        raise BadCalendar(place, *told)
    return hours


def _minute(place: str, text: object) -> int:
    if text == "24:00":
        return _MIDNIGHT
    try:
        moment = datetime.strptime(str(text), "%H:%M")
    except ValueError:
        raise BadCalendar(place, f"{text} 不是时间，请写成 09:00", f"{text!r} is no time such as 09:00") from None
    return moment.hour * 60 + moment.minute


def _days(days: object) -> Iterator[date]:
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise BadCalendar("holidays", '须是日期的列表，如 ["2026-12-31"]', "expected a list of dates")
    for day in days:
        yield _day("holidays", day)


def _day(place: str, day: object) -> date:
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        raise BadCalendar(
            place, f"{day} 不是日期，请写成 2026-10-01", f"{day!r} is no date such as 2026-10-01"
        ) from None


def _flag(record: Mapping[str, object], name: str) -> bool:
    value = record.get(name, False)
    if not isinstance(value, bool):
        raise BadCalendar(name, "须填写 true 或 false", "true or false is needed")
    return value


def _span(first: int, last: int, english: bool) -> str:
    names = _ENGLISH if english else _CHINESE
    if first == last:
        return names[first]
    return f"{names[first]}{'-' if english else '至'}{names[last]}"


def _hours_text(hours: tuple[Hours, ...], english: bool) -> str:
    return (", " if english else "、").join(map(str, hours))


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), SHANGHAI)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
