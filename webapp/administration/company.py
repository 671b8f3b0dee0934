"""The company's record as it is in use, what in it is worth a look, and who changed what and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import select

from engine.calendar import Calendar
from engine.company import history
from engine.company.advice import advice
from engine.company.connected import NO_AUTHORITY
from engine.company.serving import unserved
from engine.company.writing import help_on
from engine.staff import ADMINISTRATOR, names_of
from engine.tables import Branch, CompanyChange
from webapp.access import staff_only
from webapp.administration.people import blueprint, branch_names
from webapp.house import businesses, clock, house, reading
from webapp.house import company as record
from webapp.language import language
from webapp.language import words as _

AHEAD = timedelta(days=366)
SHOWN_CHANGES, LONGEST_VALUE = 30, 80


@dataclass(frozen=True)
class Hours:
    """A calendar in words: `special` are the days of the coming year with hours of their own."""

    name: str
    hours: str
    holidays: tuple[date, ...]
    special: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Change:
    """One time that the record was changed."""

    at: datetime
    by: str
    note: str
    places: tuple[tuple[str, str, str], ...]


@blueprint.get("/company")
@staff_only(ADMINISTRATOR)
def company() -> Page:
    firm, today = record(), clock().now().date()
    names, changes = branch_names(), history(reading(), SHOWN_CHANGES)
    authors = names_of(reading(), (row.by for row in changes))
    looks = advice(firm, list(reading().scalars(select(Branch.id))), today)
    looks += unserved(reading(), businesses(), firm.settings)
    looks += [] if house().authority else [NO_AUTHORITY]
    return render_template(
        "administration/company.html",
        firm=firm,
        settings_help=help_on("settings", language()),
        looks=[one.say(language()) for one in looks],
        calendars=_calendars(today),
        places=[(names.get(branch, branch), places) for branch, places in firm.appointments.branches.items()],
        today=today,
        changes=[_change(row, authors) for row in changes],
    )


def _calendars(today: date) -> list[Hours]:
    calendars = record().calendars
    named = ((_("网上办理"), calendars.self_service), (_("视频"), calendars.video), (_("交易日"), calendars.trading))
    return [_hours(name, calendar, today) for name, calendar in named]


def _hours(name: str, calendar: Calendar, today: date) -> Hours:
    ahead = tuple(sorted(day for day in calendar.holidays if today <= day <= today + AHEAD))
    special = tuple(
        (day, "、".join(map(str, hours)) or _("不开放")) for day, hours in calendar.specials(today, today + AHEAD)
    )
    return Hours(name, calendar.describe(language()), ahead, special)


def _change(row: CompanyChange, authors: Mapping[str, str]) -> Change:
    places = tuple((place, _short(before), _short(after)) for place, before, after in row.changes)
    return Change(row.at, authors.get(row.by, row.by), row.note, places)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}…"
