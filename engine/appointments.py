"""Appointments for the video (G13): half days of trading days, so many of them a branch, one active for each case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.clock import SHANGHAI
from engine.company.model import AppointmentRules, Company
from engine.errors import Refused
from engine.ids import Ids
from engine.tables import Appointment, Branch, Case

HALVES = ("am", "pm")


class FullyBooked(Refused):
    """The half day has no place left, or is not offered at all (any more)."""


@dataclass(frozen=True)
class Half:
    """Half a day of one branch. `booked` counts active appointments."""

    day: date
    half: str
    starts_at: datetime
    ends_at: datetime
    booked: int
    capacity: int

    @property
    def id(self) -> str:
        """The name under which a form knows it: 2026-11-24.am"""
        return f"{self.day.isoformat()}.{self.half}"

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.booked)


def halves(tx: Session, firm: Company, branch_id: str, now: datetime) -> list[Half]:
    """Every half day that can be asked for: trading days from tomorrow, as far ahead as the company says."""
    rules = firm.appointments
    taken = counted(tx, branch_id, now)
    return [
        _half(rules, branch_id, day, half, taken[day, half])
        for day in _days(firm, now.astimezone(SHANGHAI).date())
        for half in HALVES
    ]


def active(tx: Session, case_id: str, now: datetime) -> Appointment | None:
    """The appointment of a case whose half day is still to come or running."""
    row = _open(tx, case_id)
    return row if row is not None and row.ends_at > now else None


def book(tx: Session, firm: Company, case: Case, half_id: str, now: datetime, ids: Ids) -> Appointment:
    """Book a half day in the caller's write unit; what was booked before gives its place back.

    FullyBooked when there is no place. The branch's row is locked, so that a last place is given once.
    """
    tx.get(Branch, case.branch_id, with_for_update=True)
    close(tx, case.id, "changed", now)
    chosen = next((half for half in halves(tx, firm, case.branch_id, now) if half.id == half_id), None)
    if chosen is None or not chosen.free:
        raise FullyBooked
    row = Appointment(
        id=ids.new(),
        case_id=case.id,
        branch_id=case.branch_id,
        day=chosen.day,
        half=chosen.half,
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        booked_at=now,
    )
    tx.add(row)
    tx.flush()
    return row


def close(tx: Session, case_id: str, how: str, now: datetime) -> None:
    """Give the case's appointment up; one whose half day has passed counts as missed."""
    row = _open(tx, case_id)
    if row is not None:
        row.closed_at, row.closed_how = now, how if row.ends_at > now else "missed"
        tx.flush()


def counted(tx: Session, branch_id: str, now: datetime) -> Counter[tuple[date, str]]:
    """How many of a branch have booked which half day, of those that are not over."""
    standing = (Appointment.branch_id == branch_id) & Appointment.closed_at.is_(None) & (Appointment.ends_at > now)
    counted = select(Appointment.day, Appointment.half, func.count()).where(standing)
    rows = tx.execute(counted.group_by(Appointment.day, Appointment.half))
    return Counter({(day, half): number for day, half, number in rows})


def running(tx: Session, branch_id: str, now: datetime) -> dict[str, str]:
    """Whose booked half day runs now: the half, by case."""
    mine = (Appointment.branch_id == branch_id) & Appointment.closed_at.is_(None)
    rows = tx.execute(
        select(Appointment.case_id, Appointment.half).where(
            mine, Appointment.starts_at <= now, Appointment.ends_at > now
        )
    )
    return {row.case_id: row.half for row in rows}


def _open(tx: Session, case_id: str) -> Appointment | None:
    mine = select(Appointment).where(Appointment.case_id == case_id, Appointment.closed_at.is_(None))
    return tx.scalars(mine).first()


def _days(firm: Company, today: date) -> Iterator[date]:
    ahead = (today + timedelta(days=days) for days in range(1, firm.appointments.days_ahead + 1))
    return (day for day in ahead if firm.calendars.trading.is_trading_day(day))


def _half(rules: AppointmentRules, branch_id: str, day: date, half: str, booked: int) -> Half:
    start, end = rules.hours(half)
    return Half(
        day,
        half,
        datetime.combine(day, start, SHANGHAI),
        datetime.combine(day, end, SHANGHAI),
        booked,
        rules.capacity_of(branch_id),
    )
