"""Appointments for the video (G13): half days of trading days, so many of them a branch, one active for each case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from engine import rows
from engine.clock import SHANGHAI
from engine.company.model import AppointmentRules, Company
from engine.errors import Refused
from engine.ids import Ids
from engine.prepared import Constant
from engine.tables import Appointment, Branch, Case, QueuePlace, VideoCall

HALVES = ("am", "pm")
CANCELLED, PASSED, CAME, MISSED = "cancelled", "passed", "came", "missed"
EVENING, HOUR_BEFORE, EARLIEST = time(18), timedelta(hours=1), timedelta(days=2)
_OPEN = select(Appointment).where(Appointment.case_id == bindparam("case"), Appointment.closed_at.is_(None))
_ANY_OPEN = Constant(_OPEN.with_only_columns(Appointment.id))
"""Most cases have none, and every step asks."""


class FullyBooked(Refused):
    """The half day has no place left."""


class NotOffered(Refused):
    """The half day cannot be booked, or cannot be booked any more."""


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
    """Every half day that can be asked for: trading days from tomorrow, as far ahead as the company says.

    A half day in which nobody answers calls is left out.
    """
    rules = firm.appointments
    taken = counted(tx, branch_id, now)
    found = (
        _half(rules, branch_id, day, half, taken[day, half])
        for day in _days(firm, now.astimezone(SHANGHAI).date())
        for half in HALVES
    )
    return [half for half in found if _answered(firm, half)]


def active(tx: Session, case_id: str, now: datetime) -> Appointment | None:
    """The appointment of a case whose half day is still to come or running."""
    row = _open(tx, case_id)
    return row if row is not None and row.ends_at > now else None


def book(tx: Session, firm: Company, booker: Case, half_id: str, now: datetime, ids: Ids) -> Appointment:
    """Book a half day in the caller's write unit; what was booked before gives its place back.

    FullyBooked when there is no place, NotOffered when there is no such half day. Whoever books at a branch holds its
    row, so that a last place is given once.
    """
    hold_branch(tx, booker.branch_id)
    mine = active(tx, booker.id, now)
    chosen = next((half for half in halves(tx, firm, booker.branch_id, now) if half.id == half_id), None)
    if chosen is None:
        raise NotOffered
    if mine is not None and (mine.day, mine.half) == (chosen.day, chosen.half):
        return mine
    if not chosen.free:
        raise FullyBooked
    close(tx, booker.id, "changed", now)
    return _booked(tx, booker, chosen, now, ids)


def hold_branch(tx: Session, branch_id: str) -> None:
    """From here to the end of the transaction nobody else books at this branch; opening cases there goes on."""
    tx.get(Branch, branch_id, with_for_update={"key_share": True})


def _booked(tx: Session, booker: Case, chosen: Half, now: datetime, ids: Ids) -> Appointment:
    row = Appointment(
        id=ids.new(),
        case_id=booker.id,
        branch_id=booker.branch_id,
        day=chosen.day,
        half=chosen.half,
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        booked_at=now,
    )
    tx.add(row)
    tx.flush()
    return row


def close(tx: Session, case_id: str, how: str, now: datetime) -> Appointment | None:
    """Give the case's appointment up; one whose half day is over counts as missed, unless it led to a pass."""
    row = _open(tx, case_id)
    if row is not None:
        row.closed_at, row.closed_how = now, how if row.ends_at > now or how == PASSED else MISSED
        tx.flush()
    return row


def close_over(tx: Session, now: datetime) -> list[Appointment]:
    """Close what is over, as missed where no call came of it. Who still stands in line keeps his."""
    in_line = select(QueuePlace.case_id)
    over = Appointment.closed_at.is_(None) & (Appointment.ends_at <= now) & Appointment.case_id.not_in(in_line)
    called = exists().where(VideoCall.case_id == Appointment.case_id, VideoCall.ended_at >= Appointment.starts_at)
    how = case((called, CAME), else_=MISSED)
    closing = update(Appointment).where(over).values(closed_at=now, closed_how=how).returning(Appointment)
    return list(tx.scalars(closing, execution_options={"synchronize_session": False}))


def to_remind(tx: Session, now: datetime) -> list[Appointment]:
    """Those whose customers are to be reminded now: a reminder is due, and none was sent since. Who booked after it was
    due has just been told."""
    coming = (Appointment.closed_at.is_(None), Appointment.starts_at > now, Appointment.starts_at <= now + EARLIEST)
    rows = tx.scalars(select(Appointment).where(*coming).order_by(Appointment.starts_at, Appointment.id))
    return [row for row in rows if any(_is_due(row, moment, now) for moment in reminders(row))]


def reminders(row: Appointment) -> tuple[datetime, datetime]:
    """The evening before, and an hour before the half day begins."""
    evening = datetime.combine(row.day - timedelta(days=1), EVENING, SHANGHAI)
    return evening, row.starts_at - HOUR_BEFORE


def _is_due(row: Appointment, moment: datetime, now: datetime) -> bool:
    return moment <= now and max(row.booked_at, row.reminded_at or row.booked_at) < moment


def counted(tx: Session, branch_id: str, now: datetime) -> Counter[tuple[date, str]]:
    """How many of a branch have booked which half day, of those that are not over."""
    standing = (Appointment.branch_id == branch_id) & Appointment.closed_at.is_(None) & (Appointment.ends_at > now)
    counted = select(Appointment.day, Appointment.half, func.count()).where(standing)
    rows = tx.execute(counted.group_by(Appointment.day, Appointment.half))
    return Counter({(day, half): number for day, half, number in rows})


def running(tx: Session, branch_id: str, now: datetime) -> dict[str, str]:
    """Whose booked half day runs now, or ran when he joined the line in which he still stands: the half, by case."""
    here = select(Appointment.case_id, Appointment.half).outerjoin(
        QueuePlace, QueuePlace.case_id == Appointment.case_id
    )
    begun = (Appointment.branch_id == branch_id) & Appointment.closed_at.is_(None) & (Appointment.starts_at <= now)
    rows = tx.execute(here.where(begun, or_(Appointment.ends_at > now, Appointment.ends_at > QueuePlace.joined_at)))
    return {row.case_id: row.half for row in rows}


def last(tx: Session, case_id: str) -> Appointment | None:
    """What a case booked last, whatever became of it."""
    mine = select(Appointment).where(Appointment.case_id == case_id)
    return tx.scalars(mine.order_by(Appointment.booked_at.desc(), Appointment.id.desc()).limit(1)).first()


def _open(tx: Session, case_id: str) -> Appointment | None:
    return tx.scalars(_OPEN, {"case": case_id}).first() if rows.first(tx, _ANY_OPEN, case=case_id) else None


def _days(firm: Company, today: date) -> tuple[date, ...]:
    last = today + timedelta(days=firm.appointments.days_ahead)
    return firm.calendars.trading.trading_days(today + timedelta(days=1), last)


def _answered(firm: Company, half: Half) -> bool:
    opening = firm.calendars.video.next_opening(half.starts_at)
    return opening is not None and opening < half.ends_at


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
