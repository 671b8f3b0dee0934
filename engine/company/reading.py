"""Reading the company's record: every mistake is told at once, with its place; nothing half read is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, TypeVar

from engine.calendar import Calendar
from engine.company.model import AppointmentRules, Bank, BankBin, Calendars, Company, Link, Page, Retention

T = TypeVar("T")
DURATION = re.compile(r"P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?)")
SETTINGS: dict[str, Callable[[object], bool]] = {
    "idle_warning": lambda value: isinstance(value, str) and DURATION.fullmatch(value) is not None,
    "idle_limit": lambda value: isinstance(value, str) and DURATION.fullmatch(value) is not None,
    "second_review": lambda value: isinstance(value, bool),
}
CARD_LENGTHS = range(12, 20)
MOST_DAYS_AHEAD, MOST_PLACES = 90, 1000
MOST_DAYS_KEPT = 3650


class BadCompany(Exception):
    """The company's record cannot be used; `problems` are `place: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class _Reader:
    """Takes values out of a document and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def get(self, at: str, record: object, key: str, kind: type[T], fallback: T) -> T:
        value = record.get(key) if isinstance(record, Mapping) else None
        if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
            self.problems.append(f"{at}{key}: a {kind.__name__} is needed")
            return fallback
        return value

    def rows(self, at: str, record: object, key: str) -> list[tuple[str, object]]:
        return [(f"{at}{key}[{place}].", row) for place, row in enumerate(self.get(at, record, key, list, []))]

    def judge(self, good: bool, problem: str) -> None:
        if not good:
            self.problems.append(problem)


def read_company(document: Mapping[str, Any], *, demonstration: bool) -> Company:
    """The company of a record; BadCompany with all that is wrong with it."""
    read = _Reader()
    company = Company(
        name=read.get("", document, "name", str, ""),
        name_en=read.get("", document, "name_en", str, ""),
        hotline=read.get("", document, "hotline", str, ""),
        banks=_banks(read, document),
        account_types=_account_types(read, document),
        notices=_texts(read, document, "notices"),
        links=tuple(_link(at, row, read) for at, row in read.rows("", document, "links")),
        pages=_pages(read, document),
        settings=_settings(read, document),
        english=_texts(read, document, "english"),
        demonstration=demonstration,
        document=document,
        appointments=_appointments(read, document),
        retention=_retention(read, document),
        calendars=_calendars(read, document),
    )
    for link in company.links:
        read.judge(link.page is None or link.page in company.pages, f"links: no page {link.page!r}")
    if read.problems:
        raise BadCompany(read.problems)
    return company


def _calendars(read: _Reader, document: Mapping[str, Any]) -> Calendars:
    record = read.get("", document, "calendars", dict, {})
    found: dict[str, Calendar] = {}
    for name in ("self_service", "video", "trading"):
        try:
            found[name] = Calendar.parse(read.get("calendars.", record, name, dict, {}))
        except (ValueError, KeyError, TypeError) as wrong:
            read.problems.append(f"calendars.{name}: {wrong}")
    if read.problems:
        raise BadCompany(read.problems)
    return Calendars(**found)


def _appointments(read: _Reader, document: Mapping[str, Any]) -> AppointmentRules:
    at, record = "appointments.", read.get("", document, "appointments", dict, {})
    for name in sorted(set(record) - {"days_ahead", "am", "pm", "capacity", "branches"}):
        read.problems.append(f"{at}{name}: unknown entry")
    rules = AppointmentRules(
        days_ahead=read.get(at, record, "days_ahead", int, 30),
        am=_span(read, at, record, "am"),
        pm=_span(read, at, record, "pm"),
        capacity=read.get(at, record, "capacity", int, 0),
        branches=read.get(at, record, "branches", dict, {}),
    )
    read.judge(_number(rules.days_ahead, 1, MOST_DAYS_AHEAD), f"{at}days_ahead: 1 to {MOST_DAYS_AHEAD}")
    read.judge(rules.am[1] <= rules.pm[0], f"{at}pm: begins when am is over")
    for name, places in {"capacity": rules.capacity, **_below("branches", rules.branches)}.items():
        read.judge(_number(places, 0, MOST_PLACES), f"{at}{name}: 0 to {MOST_PLACES} places")
    return rules


def _retention(read: _Reader, document: Mapping[str, Any]) -> Retention:
    at, record = "retention.", read.get("", document, "retention", dict, {})
    for name in sorted(set(record) - {"given_up_days"}):
        read.problems.append(f"{at}{name}: unknown entry")
    days = read.get(at, record, "given_up_days", int, 0)
    read.judge(_number(days, 1, MOST_DAYS_KEPT), f"{at}given_up_days: 1 to {MOST_DAYS_KEPT}")
    return Retention(days)


def _number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _below(place: str, record: Mapping[str, T]) -> dict[str, T]:
    return {f"{place}.{name}": value for name, value in record.items()}


def _span(read: _Reader, at: str, record: Mapping[str, Any], half: str) -> tuple[time, time]:
    try:
        start, end = (datetime.strptime(text, "%H:%M").time() for text in read.get(at, record, half, list, []))
    except (ValueError, TypeError):
        start = end = time(0)
    read.judge(start < end, f'{at}{half}: two times such as ["09:00", "11:30"], the earlier first')
    return start, end


def _banks(read: _Reader, document: Mapping[str, Any]) -> tuple[Bank, ...]:
    banks = tuple(_bank(read, at, row) for at, row in read.rows("", document, "banks"))
    read.judge(len({bank.code for bank in banks}) == len(banks), "banks: a code occurs twice")
    prefixes = [row.prefix for bank in banks for row in bank.bins]
    read.judge(len(set(prefixes)) == len(prefixes), "banks: a card prefix occurs twice")
    return banks


def _bank(read: _Reader, at: str, row: object) -> Bank:
    code = read.get(at, row, "code", str, "")
    read.judge(len(code) <= 16, f"{at}code: at most 16 characters")
    return Bank(
        code=code,
        name=read.get(at, row, "name", str, ""),
        name_en=read.get(at, row, "name_en", str, ""),
        auto_link=read.get(at, row, "auto_link", bool, False),
        bins=tuple(_bin(read, place, each) for place, each in read.rows(at, row, "bins")),
    )


def _bin(read: _Reader, at: str, row: object) -> BankBin:
    prefix, kind = read.get(at, row, "prefix", str, "0"), read.get(at, row, "kind", str, "debit")
    length = read.get(at, row, "length", int, 16)
    read.judge(re.fullmatch(r"[0-9]{3,10}", prefix) is not None, f"{at}prefix: 3 to 10 digits")
    read.judge(kind in ("debit", "credit"), f"{at}kind: debit or credit")
    read.judge(length in CARD_LENGTHS, f"{at}length: {CARD_LENGTHS.start} to {CARD_LENGTHS.stop - 1}")
    return BankBin(prefix, length, "credit" if kind == "credit" else "debit")


def _account_types(read: _Reader, document: Mapping[str, Any]) -> tuple[str, ...]:
    names = read.get("", document, "account_types", list, [])
    good = bool(names) and all(isinstance(name, str) and 0 < len(name) <= 32 for name in names)
    read.judge(good and len(set(names)) == len(names), "account_types: one or more names, each once")
    return tuple(map(str, names))


def _texts(read: _Reader, document: Mapping[str, Any], key: str) -> Mapping[str, str]:
    record = read.get("", document, key, dict, {})
    for name, text in record.items():
        read.judge(isinstance(text, str), f"{key}.{name}: a text is needed")
    return record


def _pages(read: _Reader, document: Mapping[str, Any]) -> Mapping[str, Page]:
    record = read.get("", document, "pages", dict, {})
    return {
        name: Page(read.get(f"pages.{name}.", row, "title", str, ""), read.get(f"pages.{name}.", row, "text", str, ""))
        for name, row in record.items()
    }


def _link(at: str, row: object, read: _Reader) -> Link:
    page = row.get("page") if isinstance(row, Mapping) else None
    address = row.get("address") if isinstance(row, Mapping) else None
    read.judge((page is None) != (address is None), f"{at}page: a page or an address")
    read.judge(address is None or str(address).startswith("https://"), f"{at}address: https only")
    return Link(read.get(at, row, "title", str, ""), page, address)


def _settings(read: _Reader, document: Mapping[str, Any]) -> Mapping[str, object]:
    record = read.get("", document, "settings", dict, {})
    for name in record.keys() ^ SETTINGS.keys():
        read.problems.append(f"settings.{name}: {'unknown' if name in record else 'missing'}")
    for name in record.keys() & SETTINGS.keys():
        read.judge(SETTINGS[name](record[name]), f"settings.{name}: {record[name]!r} does not fit")
    return record
