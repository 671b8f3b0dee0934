"""The company of this installation: its record, read and believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from engine.calendar import Calendar


@dataclass(frozen=True)
class Calendars:
    """When investors may begin (G1), when verifiers answer calls, which days trade."""

    self_service: Calendar
    video: Calendar
    trading: Calendar


@dataclass(frozen=True)
class BankBin:
    """Card numbers that start so, and are so long, are of this kind."""

    prefix: str
    length: int
    kind: Literal["debit", "credit"]


@dataclass(frozen=True)
class Bank:
    """A bank of the company's list. `auto_link`: 银期关联 needs no visit to the bank (G17)."""

    code: str
    name: str
    name_en: str
    auto_link: bool
    bins: tuple[BankBin, ...]


@dataclass(frozen=True)
class Notice:
    """What the company says to everybody who comes, from its first day to its last where they are given."""

    text: str
    first: date | None
    last: date | None

    def stands_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Page:
    """A text of the company that has a page of its own (S12); `text` is light Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Link:
    """A link that the entry page shows: to a page of the record, or to an address outside."""

    title: str
    page: str | None
    address: str | None


@dataclass(frozen=True)
class AppointmentRules:
    """When the video can be booked (G13): how far ahead, the two halves of a day, places in each half day."""

    days_ahead: int
    am: tuple[time, time]
    pm: tuple[time, time]
    capacity: int
    branches: Mapping[str, int]

    def hours(self, half: str) -> tuple[time, time]:
        """From when until when, `am` or `pm`."""
        return self.am if half == "am" else self.pm

    def capacity_of(self, branch_id: str) -> int:
        """Places in half a day of a branch."""
        return self.branches.get(branch_id, self.capacity)


@dataclass(frozen=True)
class Retention:
    """How long is kept what no law wants kept, and what it wants kept.

    `given_up_days`: after so many days a case that was given up is shredded (G8). `recording_years`: after so many
    years the recordings of calls of a case that came to its end are deleted; None keeps them.
    """

    given_up_days: int
    recording_years: int | None


@dataclass(frozen=True)
class Publishing:
    """`second_person`: nobody publishes a version that he made himself."""

    second_person: bool


@dataclass(frozen=True)
class Company:
    """`document` is the record as it is stored; `english` says its Chinese texts in English."""

    name: str
    name_en: str
    hotline: str
    calendars: Calendars
    appointments: AppointmentRules
    retention: Retention
    publishing: Publishing
    banks: tuple[Bank, ...]
    account_types: tuple[str, ...]
    notices: tuple[Notice, ...]
    links: tuple[Link, ...]
    pages: Mapping[str, Page]
    settings: Mapping[str, object]
    english: Mapping[str, str]
    demonstration: bool
    document: Mapping[str, Any]

    def bank(self, code: str) -> Bank | None:
        """The bank of that code, when it is on the list."""
        return next((bank for bank in self.banks if bank.code == code), None)

    def say(self, text: str, language: str) -> str:
        """A text of the record in a language: `en`, or as it was written."""
        return self.english.get(text, text) if language == "en" else text
