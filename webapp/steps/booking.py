"""Booking a half day: written with the step that asks for it, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import appointments
from engine.tables import Appointment
from forms.load import Invalid
from forms.messages import Message
from forms.typed import typed
from forms.widgets import FULL
from webapp.house import clock, company, reading, settings
from webapp.language import words as _
from webapp.steps.asked import Asked
from webapp.steps.posted import posted

CANCEL = "cancel"


@dataclass(frozen=True)
class Booked:
    """An appointment as a page says it. `running`: its half day has begun."""

    day: date
    half: str
    starts_at: datetime
    ends_at: datetime
    running: bool

    @property
    def id(self) -> str:
        return f"{self.day.isoformat()}.{self.half}"


@dataclass(frozen=True)
class Day:
    """A line of the page that offers half days: its halves by am and pm."""

    day: date
    weekday: str
    halves: Mapping[str, appointments.Half]


def booked(case_id: str) -> Booked | None:
    """The active appointment of a case."""
    row, now = appointments.active(reading(), case_id, clock().now()), clock().now()
    return _said(row, now) if row else None


def days(asked: Asked) -> list[Day]:
    """Every day that is offered, with both its halves."""
    found: dict[date, dict[str, appointments.Half]] = {}
    for half in appointments.halves(reading(), company(), asked.case.branch_id, clock().now()):
        found.setdefault(half.day, {})[half.half] = half
    return [Day(day, weekday(day), halves) for day, halves in found.items()]


def keep(tx: Session, here: Asked, values: Mapping[str, object]) -> None:
    """Book or cancel what the accepted form says; Invalid when the last place has just gone."""
    part = here.with_widget("appointment")
    if part is not None and isinstance(chosen := values.get(part.key), Mapping):
        try:
            appointments.book(tx, company(), here.case, str(chosen["half"]), clock().now(), settings().ids)
        except appointments.FullyBooked:
            raise Invalid({part.key: Message(FULL)}, typed(here.form, posted())) from None
    choice = here.with_widget("appointment_choice")
    if choice is not None and values.get(choice.key) == CANCEL:
        appointments.close(tx, here.case.id, "cancelled", clock().now())


def weekday(day: date) -> str:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def _said(row: Appointment, now: datetime) -> Booked:
    return Booked(row.day, row.half, row.starts_at, row.ends_at, row.starts_at <= now)
