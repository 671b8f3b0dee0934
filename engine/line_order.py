"""Who is called before whom: the one place that says it, for the pages that show it and for the claim that does it.

Who booked this half day comes first, yet while others wait at most every second call is of somebody booked, so that
appointments starve nobody. Half of the half day gone, the booked one waits for nobody any more. Among equals it is who
joined first; at one moment, whose case has the lower id: the id of a task is thrown by the interpreter. Whose page is
silent is passed over while anybody else waits, and keeps his place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import Session

from engine.line_events import CALLED
from engine.tables import Appointment, Case, QueueEvent, QueuePlace, Task

AWAY = timedelta(seconds=45)
ARRIVAL = (QueuePlace.joined_at, QueuePlace.case_id, QueuePlace.task_id)
"""Who joined before whom, whatever the database does: a total order."""


@dataclass(frozen=True)
class Precedence:
    """Whose task comes before walk-ins at this moment. `pressing` are those of `booked` whose half day is half over.

    `walk_ins_next`: the last call was of somebody booked.
    """

    booked: frozenset[str]
    pressing: frozenset[str]
    walk_ins_next: bool


def precedence(tx: Session, branch_id: str, now: datetime) -> Precedence:
    """A branch has few running appointments; they are read, not sorted by the database."""
    rows = tx.execute(
        select(QueuePlace.task_id, Appointment.starts_at, Appointment.ends_at)
        .join(Appointment, Appointment.case_id == QueuePlace.case_id)
        .where(QueuePlace.branch_id == branch_id, _came_in_time(now))
    ).all()
    booked = frozenset(task_id for task_id, _, _ in rows)
    pressing = frozenset(task_id for task_id, starts, ends in rows if now - starts >= (ends - starts) / 2)
    return Precedence(booked, pressing, _last_was_booked(tx, branch_id))


def is_booked(tx: Session, task_id: str, now: datetime) -> bool:
    """Whether this customer of the line came in the half day that he booked."""
    mine = select(Appointment.id).join(QueuePlace, QueuePlace.case_id == Appointment.case_id)
    return tx.scalar(mine.where(QueuePlace.task_id == task_id, _came_in_time(now))) is not None


def free(now: datetime) -> ColumnElement[bool]:
    """Nobody has the customer's task: no claim, or one that has run out."""
    lapsed = or_(Task.claimed_by.is_(None), Task.lease_until.is_(None), Task.lease_until <= now)
    return and_(Task.closed_at.is_(None), lapsed)


def turns(
    branch_id: str,
    before: Precedence,
    now: datetime,
    of: ColumnElement[bool] | None = None,
    present_first: bool = False,
) -> CTE:
    """Who waits, `of` them, with his `turn` from 1: as he would be called if everybody's page were open.

    With `present_first` as he is called: who is away comes after all others.
    """
    away = case((QueuePlace.seen_at < now - AWAY, 1), else_=0) if present_first else literal(0)
    ranked = (
        select(*ARRIVAL, *_sorting(before, away))
        .join(Task, Task.id == QueuePlace.task_id)
        .where(QueuePlace.branch_id == branch_id, free(now), of if of is not None else true())
        .cte("ranked")
    )
    order = [ranked.c.away, ranked.c.kind, ranked.c.slot, *(ranked.c[each.key] for each in ARRIVAL)]
    turn = func.row_number().over(order_by=order).label("turn")
    return select(ranked.c.task_id, turn).cte("turns")


def _sorting(before: Precedence, away: ColumnElement[int]) -> list[ColumnElement[int]]:
    """Pressing ones, then booked ones and walk-ins by turns: the n-th of each stand side by side.

    Walk-ins begin where a booked one was called last, or will be: a pressing one.
    """
    pressing, booked = QueuePlace.task_id.in_(before.pressing), QueuePlace.task_id.in_(before.booked)
    group = case((pressing, 0), (booked, 1), else_=2)
    nth = func.row_number().over(partition_by=[away, group], order_by=ARRIVAL)
    behind_pressing = func.max(case((pressing, 1), else_=0)).over(partition_by=[away])
    later = literal(1) if before.walk_ins_next else behind_pressing
    slot = case((pressing, nth), (booked, 2 * nth + later), else_=2 * nth + 1 - later)
    return [away.label("away"), case((pressing, 0), else_=1).label("kind"), slot.label("slot")]


def next_free(branch_id: str, before: Precedence, now: datetime, of: ColumnElement[bool]) -> Select[str]:
    """The task to be called next, `of` those that its verifier may have."""
    turn = turns(branch_id, before, now, of, present_first=True)
    first = select(Task.id).join(turn, turn.c.task_id == Task.id).join(Case, Case.id == Task.case_id)
    return first.where(free(now)).order_by(turn.c.turn).limit(1)


def _came_in_time(now: datetime) -> ColumnElement[bool]:
    open_now = and_(Appointment.closed_at.is_(None), Appointment.starts_at <= now)
    return and_(open_now, Appointment.ends_at > QueuePlace.joined_at)


def _last_was_booked(tx: Session, branch_id: str) -> bool:
    calls = select(QueueEvent.booked).where(QueueEvent.branch_id == branch_id, QueueEvent.what == CALLED)
    return bool(tx.scalar(calls.order_by(QueueEvent.id.desc()).limit(1)))
