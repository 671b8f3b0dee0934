"""The steps that have waited too long for a person, by what holds them. The database counts: there may be very many.

Whether somebody of the branch may take a step is asked once for all that stand alike (version, branch, role, step);
only where four eyes are drawn it depends on the case, on who has done its other step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from engine.bundles import Bundle
from engine.cases.access import INVESTOR
from engine.cases.four_eyes import DONE, apart_from
from engine.flow_figures.standing_still import Kind, Stuck
from engine.tables import Case, Staff, Task

GRACE = timedelta(minutes=10)
Alike = tuple[str, str, str, str]
_ALIKE = (Case.bundle_hash, Task.branch_id, Task.role, Task.step)
_TOLD = (Case.id, Case.number, Task.step, Task.opened_at, Task.branch_id, Task.due_at, Task.claimed_by)


@dataclass(frozen=True)
class _Late:
    """Those that are late, of a business; at most so many of each kind are told."""

    tx: Session
    limits: Mapping[str, timedelta]
    now: datetime
    most: int
    mine: ColumnElement[bool]

    def oldest(self, kind: Kind, *which: ColumnElement[bool]) -> list[Stuck]:
        """The oldest of one kind."""
        asked = select(*_TOLD).join(Case, Case.id == Task.case_id).where(self.mine, *which)
        rows = self.tx.execute(asked.order_by(Task.opened_at, Task.id).limit(self.most))
        return [self.told(kind, row) for row in rows]

    def oldest_alike(self, *which: ColumnElement[bool]) -> dict[Alike, list[Sequence[Any]]]:
        """The oldest of all that stand alike, found in one reading."""
        rank = func.row_number().over(partition_by=_ALIKE, order_by=(Task.opened_at, Task.id)).label("rank")
        asked = select(*_TOLD, *_ALIKE, rank).join(Case, Case.id == Task.case_id).where(self.mine, *which)
        ranked = asked.subquery()
        found: dict[Alike, list[Sequence[Any]]] = defaultdict(list)
        for row in self.tx.execute(select(ranked).where(ranked.c.rank <= self.most).order_by(ranked.c.rank)):
            version, branch, role, step = row[len(_TOLD) : -1]
            found[version, branch, role, step].append(row)
        return found

    def told(self, kind: Kind, row: Sequence[Any]) -> Stuck:
        case, number, step, since, branch, due, by = row[: len(_TOLD)]
        return Stuck(
            kind, case, number, step, since, branch, due, self.limits.get(step), by if kind == "claimed" else None
        )


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
    yield from found.oldest("customer_silent", Task.role == INVESTOR)
    held = and_(Task.claimed_by.is_not(None), Task.lease_until.is_not(None), Task.lease_until > now)
    yield from found.oldest("claimed", Task.role != INVESTOR, held)
    lapsed = or_(Task.claimed_by.is_(None), Task.lease_until.is_(None), Task.lease_until <= now)
    free: dict[Kind, list[list[Stuck]]] = {"nobody_eligible": [], "unclaimed": []}
    for kind, oldest in _free(found, and_(Task.role != INVESTOR, lapsed), bundle_of, _employed(tx)):
        free[kind].append(oldest)
    for groups in free.values():
        yield from islice(merge(*groups, key=lambda one: one.since), most)


def _free(
    found: _Late,
    free: ColumnElement[bool],
    bundle_of: Callable[[str], Bundle],
    there: Mapping[tuple[str, str], list[str]],
) -> Iterator[tuple[Kind, list[Stuck]]]:
    """Those that nobody holds, by where they stand: could somebody take them?"""
    for alike, rows in found.oldest_alike(free).items():
        people, steps = there.get(alike[1:3], []), apart_from(bundle_of(alike[0]), alike[3])
        blocked: list[Stuck] = []
        if people and steps:
            others = _others(steps, people)
            # Asked first: as a rule there are none, and then the oldest of all are the oldest that somebody may take.
            blocked = found.oldest("nobody_eligible", free, _is(alike), others == len(people))
        if blocked:
            yield "nobody_eligible", blocked
            yield "unclaimed", found.oldest("unclaimed", free, _is(alike), others < len(people))
        else:
            kind: Kind = "unclaimed" if people else "nobody_eligible"
            yield kind, [found.told(kind, row) for row in rows]


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
