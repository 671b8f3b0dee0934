"""The steps that have waited too long for a person, by what holds them. The database counts: there may be very many.

Whether somebody of the branch may take a step is asked once for all that stand alike (version, branch, role, step);
only where four eyes are drawn it depends on the case, on who has done its other step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import islice

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from engine.bundles import Bundle
from engine.cases.access import INVESTOR
from engine.cases.four_eyes import DONE, apart_from
from engine.flow_figures.standing_still import Kind, Stuck
from engine.tables import Case, Staff, Task

GRACE = timedelta(minutes=10)
Alike = tuple[str, str, str, str]
_ALIKE = (Case.bundle_hash, Task.branch_id, Task.role, Task.step)


@dataclass(frozen=True)
class _Late:
    """Those that are late, of a business; at most so many of each kind are told."""

    tx: Session
    limits: Mapping[str, timedelta]
    now: datetime
    most: int
    mine: ColumnElement[bool]

    def told(self, kind: Kind, *which: ColumnElement[bool]) -> list[Stuck]:
        """The oldest of one kind."""
        asked = select(
            Case.id, Case.number, Task.step, Task.opened_at, Task.branch_id, Task.due_at, Task.claimed_by
        ).join(Case, Case.id == Task.case_id)
        rows = self.tx.execute(asked.where(self.mine, *which).order_by(Task.opened_at, Task.id).limit(self.most))
        told = partial(Stuck, kind)
        return [
            told(case, number, step, since, branch, due, self.limits.get(step), by if kind == "claimed" else None)
            for case, number, step, since, branch, due, by in rows
        ]


def late(
    tx: Session,
    business: str,
    limits: Mapping[str, timedelta],
    bundle_of: Callable[[str], Bundle],
    now: datetime,
    most: int,
) -> Iterator[Stuck]:
    """The oldest of each kind first. `limits` is how long the steps that are known well enough may take."""
    over = [and_(Task.step == step, Task.opened_at < now - limit) for step, limit in limits.items()]
    mine = and_(
        Case.business == business, Case.number.is_not(None), Task.closed_at.is_(None), Task.opened_at < now - GRACE,
        or_(Task.due_at < now, *over),
    )  # fmt: skip
    found = _Late(tx, limits, now, most, mine)
    yield from found.told("customer_silent", Task.role == INVESTOR)
    held = and_(Task.claimed_by.is_not(None), Task.lease_until.is_not(None), Task.lease_until > now)
    yield from found.told("claimed", Task.role != INVESTOR, held)
    lapsed = or_(Task.claimed_by.is_(None), Task.lease_until.is_(None), Task.lease_until <= now)
    free = and_(Task.role != INVESTOR, lapsed)
    alike = select(*_ALIKE).join(Case, Case.id == Task.case_id).where(mine, free).distinct()
    for kind, which in _of_kind([_group(row) for row in tx.execute(alike)], bundle_of, _employed(tx)):
        oldest = merge(*(found.told(kind, free, each) for each in which), key=lambda one: one.since)
        yield from islice(oldest, most)


def _group(row: Collection[str]) -> Alike:
    version, branch, role, step = row
    return version, branch, role, step


def _of_kind(
    groups: Collection[Alike], bundle_of: Callable[[str], Bundle], there: Mapping[tuple[str, str], list[str]]
) -> Iterator[tuple[Kind, list[ColumnElement[bool]]]]:
    """Which of those that nobody holds could be taken, and which by nobody."""
    empty = [one for one in groups if not there.get(one[1:3])]
    apart = {one: apart_from(bundle_of(one[0]), one[3]) for one in groups if one not in empty}
    eyes = {one: _others(steps, there[one[1:3]]) for one, steps in apart.items() if steps}
    open_to_all = [one for one, steps in apart.items() if not steps]
    nobody = [and_(_is(one), others == len(there[one[1:3]])) for one, others in eyes.items()]
    anybody = [and_(_is(one), others < len(there[one[1:3]])) for one, others in eyes.items()]
    yield "nobody_eligible", [tuple_(*_ALIKE).in_(empty), *nobody] if empty else nobody
    yield "unclaimed", [tuple_(*_ALIKE).in_(open_to_all), *anybody] if open_to_all else anybody


def _is(one: Alike) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(_ALIKE, one, strict=True)))


def _others(steps: Collection[str], people: Collection[str]) -> ColumnElement[int]:
    """How many of these people have done one of these steps of the case."""
    done = aliased(Task)
    counted = select(func.count(done.closed_by.distinct())).where(
        done.case_id == Task.case_id, done.step.in_(steps), done.closed_by.in_(people), done.closed_how.in_(DONE)
    )
    return counted.correlate(Task).scalar_subquery()


def _employed(tx: Session) -> dict[tuple[str, str], list[str]]:
    """Who is not locked, by branch and role."""
    found: dict[tuple[str, str], list[str]] = {}
    for member in tx.scalars(select(Staff).where(Staff.locked_at.is_(None))):
        for role in member.roles:
            found.setdefault((member.branch_id, role), []).append(member.id)
    return found
