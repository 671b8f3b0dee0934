"""Booking a half day: what is offered, why something is not, and the row written with the step that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import flash
from sqlalchemy.orm import Session

from engine import appointments, bookings
from engine.clock import SHANGHAI
from engine.tables import Appointment
from forms.document import Component
from forms.load import Invalid
from forms.messages import Message
from forms.typed import Posted, typed
from forms.widgets import FULL
from webapp.house import clock, company, reading, store
from webapp.language import words as _
from webapp.steps.asked import Asked
from webapp.steps.posted import posted

WIDGET, CHOICE = "appointment", "appointment_choice"
CANCEL = "cancel"
DAYS_IN_SIGHT = 3


@dataclass(frozen=True)
class Booked:
    """An appointment as a page says it. `running`: its half day has begun."""

    day: date
    half: str
    starts_at: datetime
    ends_at: datetime
    running: bool

    @property
    def weekday(self) -> str:
        return weekday(self.day)

    @property
    def hours(self) -> str:
        return f"{self.starts_at.astimezone(SHANGHAI):%H:%M}-{self.ends_at.astimezone(SHANGHAI):%H:%M}"

    @property
    def id(self) -> str:
        return f"{self.day.isoformat()}.{self.half}"


@dataclass(frozen=True)
class Day:
    """A line of the page that offers half days: its halves by am and pm."""

    day: date
    weekday: str
    halves: Mapping[str, appointments.Half]


@dataclass(frozen=True)
class Week:
    """The days of one week; `is_open` where its list is in sight from the start."""

    days: tuple[Day, ...]
    is_open: bool

    @property
    def free(self) -> int:
        return sum(half.free for day in self.days for half in day.halves.values())


def booked(case_id: str) -> Booked | None:
    """The active appointment of a case."""
    row, now = appointments.active(reading(), case_id, clock().now()), clock().now()
    return said(row, now) if row else None


def weeks(asked: Asked, chosen: str) -> list[Week]:
    """Every day that is offered, by weeks. In sight are the first that have a place, and the one that is chosen."""
    found: list[Week] = []
    for _week, days in groupby(_days(asked), key=lambda line: line.day.isocalendar()[:2]):
        week, in_sight = tuple(days), sum(len(earlier.days) for earlier in found if earlier.free)
        holds_it = any(half.id == chosen for line in week for half in line.halves.values())
        found.append(Week(week, holds_it or in_sight < DAYS_IN_SIGHT))
    return found


def hours() -> dict[str, str]:
    """From when until when, by half."""
    rules = company().appointments
    spans = {half: rules.hours(half) for half in appointments.HALVES}
    return {half: f"{start:%H:%M}-{end:%H:%M}" for half, (start, end) in spans.items()}


def problems(here: Asked, given: Posted) -> dict[str, str]:
    """Why a half day that is not offered cannot be booked."""
    part = here.with_widget(WIDGET)
    chosen = next(iter(given.get(part.key, [])), "") if part else ""
    if part is None or not chosen or chosen in {half.id for half in _halves(here)}:
        return {}
    return {part.key: _why_not(chosen)}


def keep(tx: Session, here: Asked, values: Mapping[str, object]) -> None:
    """Book or cancel what the accepted form says; Invalid when the last place has just gone."""
    part = here.with_widget(WIDGET)
    if part is not None and isinstance(chosen := values.get(part.key), Mapping):
        _book(tx, here, part, str(chosen["half"]))
    if _cancels(here, values):
        bookings.cancel(store(), tx, here.case)


def tell(here: Asked, values: Mapping[str, object]) -> None:
    """Say what was done where the next page does not show it."""
    if _cancels(here, values):
        flash(_("预约已取消，名额已让出。您可以重新预约，也可以直接排队。"), "good")


def weekday(day: date) -> str:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def said(row: Appointment, now: datetime) -> Booked:
    return Booked(row.day, row.half, row.starts_at, row.ends_at, row.starts_at <= now)


def _halves(asked: Asked) -> list[appointments.Half]:
    return appointments.halves(reading(), company(), asked.case.branch_id, clock().now())


def _days(asked: Asked) -> list[Day]:
    found: dict[date, dict[str, appointments.Half]] = {}
    for half in _halves(asked):
        found.setdefault(half.day, {})[half.half] = half
    return [Day(day, weekday(day), each) for day, each in found.items()]


def _why_not(chosen: str) -> str:
    try:
        day = date.fromisoformat(chosen.partition(".")[0])
    except ValueError:
        return _("这个时段不能预约，请从列表中选择一个时段")
    ahead, today = company().appointments.days_ahead, clock().now().date()
    if day <= today:
        return _("%(day)s 已经不能预约，最早可以预约明天。请另选一个时段", day=day.isoformat())
    if day > today + timedelta(days=ahead):
        return _("%(day)s 还不能预约，最多可以预约 %(n)d 天以内。请另选一个时段", day=day.isoformat(), n=ahead)
    if not company().calendars.trading.is_trading_day(day):
        return _("%(day)s 不是交易日，不能预约。请另选一个时段", day=day.isoformat())
    return _("这个时段不能预约，请从列表中选择一个时段")


def _book(tx: Session, here: Asked, part: Component, half: str) -> None:
    def refused(why: str) -> Invalid:
        return Invalid({part.key: why}, typed(here.form, posted()))

    try:
        bookings.book(store(), tx, here.case, half)
    except appointments.FullyBooked:
        raise refused(Message(FULL)) from None
    except appointments.NotOffered:
        raise refused(_why_not(half)) from None


def _cancels(here: Asked, values: Mapping[str, object]) -> bool:
    choice = here.with_widget(CHOICE)
    return choice is not None and values.get(choice.key) == CANCEL
