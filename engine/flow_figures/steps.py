"""How the steps of a business go: who stands there, how long a step takes, how often it is sent back or given up.

What has passed is counted over the cases that began in the window, at most the latest `MOST` of them; what stands now,
over all that have begun and not ended. Times are those of the clock, nights and holidays included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from engine.tables import Case, Rejection, Task

MOST = 5000
ANSWERED = ("submit", "reject")
SHARES = (50, 90, 95)
N = TypeVar("N", int, ColumnElement[Any])


@dataclass(frozen=True)
class Wish:
    """Which cases count: of a business, of one version when `bundle_hash` is given, begun since that moment."""

    business: str
    since: datetime
    bundle_hash: str | None = None


@dataclass(frozen=True)
class StepFigures:
    """One step. `standing` cases wait there now, `waiting` is their median age, `oldest` the greatest.

    `answered` counts how often it was done in the window, with the median, p90 and p95 of its times from opening to
    answer; `rejected` of them were rejections. `given_up` cases ended, in another way than by an answer, while it was
    open.
    """

    step: str
    standing: int = 0
    waiting: timedelta | None = None
    oldest: timedelta | None = None
    answered: int = 0
    median: timedelta | None = None
    p90: timedelta | None = None
    p95: timedelta | None = None
    rejected: int = 0
    given_up: int = 0

    @property
    def reject_rate(self) -> float | None:
        """Of the answers of a desk, those that sent the case back; None without answers."""
        return self.rejected / self.answered if self.answered else None

    @property
    def drop_rate(self) -> float | None:
        """Of those that came to this step and left it, those that ended here."""
        left = self.answered + self.given_up
        return self.given_up / left if left else None


@dataclass(frozen=True)
class ReasonFigures:
    """How often a desk gave a reason, and of how many answers that it gave."""

    desk: str
    reason: str
    given: int
    of: int


@dataclass(frozen=True)
class Figures:
    """`cases` began in the window; `cut` says that there were more, of which only the latest were counted."""

    cases: int
    cut: bool
    steps: Mapping[str, StepFigures]
    reasons: tuple[ReasonFigures, ...]


@dataclass(frozen=True)
class _Standing:
    """Those that stand at one step now."""

    standing: int
    waiting: timedelta
    oldest: timedelta


@dataclass(frozen=True)
class _Passed:
    """What one step's closed tasks come to; `took` by the share of them that did not take longer."""

    answered: int
    rejected: int
    given_up: int
    took: Mapping[int, timedelta]


def figures(tx: Session, wish: Wish, now: datetime) -> Figures:
    """The figures of every step that anybody came to."""
    began = tx.scalar(select(func.count()).select_from(_begun(wish, MOST + 1).subquery())) or 0
    passed, ages = _passed(tx, wish), _ages(tx, wish, now)
    steps = {step: _step(step, passed.get(step), ages.get(step)) for step in passed.keys() | ages.keys()}
    return Figures(min(began, MOST), began > MOST, steps, tuple(_reasons(tx, wish, steps)))


def usual(tx: Session, wish: Wish) -> dict[str, StepFigures]:
    """What the steps took, and nothing of what stands now."""
    return {step: _step(step, passed, None) for step, passed in _passed(tx, wish).items()}


def nearest(share: int, of: N) -> N:
    """The place of the least of so many that this percentage of them does not exceed: one that was measured."""
    return (of * share + 99) // 100


def _mine(wish: Wish) -> list[ColumnElement[bool]]:
    version = [Case.bundle_hash == wish.bundle_hash] if wish.bundle_hash else []
    return [Case.business == wish.business, *version]


def _begun(wish: Wish, most: int = MOST) -> Select[Any]:
    """The ids of the cases that count. Numbers begin with the day, so that their index finds those of a window."""
    since = Case.number >= wish.since.strftime("%Y%m%d")
    return select(Case.id).where(*_mine(wish), since).order_by(Case.number.desc()).limit(most)


def _passed(tx: Session, wish: Wish) -> dict[str, _Passed]:
    """Counted and ranked in one reading of the tasks: the answered ones first, by how long they were open."""
    ranked = _ranked(tx, wish)
    wanted = or_(ranked.c.rank == 1, *(ranked.c.rank == nearest(share, ranked.c.answered) for share in SHARES))
    found: dict[str, _Passed] = {}
    for step, opened, closed, rank, answered, rejected, given_up in tx.execute(select(ranked).where(wanted)):
        if not answered and not given_up:
            continue
        took = {share: closed - opened for share in SHARES if rank == nearest(share, answered)}
        before = found[step].took if step in found else {}
        found[step] = _Passed(answered, rejected, given_up, {**before, **took})
    return found


def _ranked(tx: Session, wish: Wish) -> Subquery:
    """The closed tasks of the cases that count, each with its rank and with the counts of its step."""
    begun = _begun(wish).add_columns(Case.ended_at).subquery()
    answered = Task.closed_how.in_(ANSWERED)
    given_up = and_(or_(Task.closed_how.is_(None), not_(answered)), Task.closed_at == begun.c.ended_at)
    order = case((answered, 0), else_=1), _open_for(tx)
    counts = {"answered": answered, "rejected": Task.closed_how == "reject", "given_up": given_up}
    return (
        select(
            Task.step,
            Task.opened_at,
            Task.closed_at,
            func.row_number().over(partition_by=Task.step, order_by=order).label("rank"),
            *(func.count().filter(what).over(partition_by=Task.step).label(name) for name, what in counts.items()),
        )
        .join(begun, begun.c.id == Task.case_id)
        .where(Task.closed_at.is_not(None))
        .subquery()
    )


def _open_for(tx: Session) -> ColumnElement[Any]:
    """To order by; on SQLite to the millisecond."""
    if tx.get_bind().dialect.name == "sqlite":
        return func.julianday(Task.closed_at) - func.julianday(Task.opened_at)
    return Task.closed_at - Task.opened_at


def _ages(tx: Session, wish: Wish, now: datetime) -> dict[str, _Standing]:
    """How many stand now, with their median age and the greatest, by step: ranked by the database."""
    begun = Case.number.is_not(None), Task.closed_at.is_(None)  # which no task of an ended case is
    ranked = select(
        Task.step,
        Task.opened_at,
        func.row_number().over(partition_by=Task.step, order_by=Task.opened_at.desc()).label("rank"),
        func.count().over(partition_by=Task.step).label("standing"),
    ).join(Case, Case.id == Task.case_id)
    rows = ranked.where(*_mine(wish), *begun).subquery()
    median = nearest(50, rows.c.standing)
    asked = select(rows).where(or_(rows.c.rank == median, rows.c.rank == rows.c.standing)).order_by(rows.c.rank)
    found: dict[str, _Standing] = {}
    for step, opened, _rank, standing in tx.execute(asked):
        age = now - opened
        found[step] = _Standing(standing, found[step].waiting if step in found else age, age)
    return found


def _step(step: str, passed: _Passed | None, ages: _Standing | None) -> StepFigures:
    took = passed.took if passed else {}
    return StepFigures(
        step,
        standing=ages.standing if ages else 0,
        waiting=ages.waiting if ages else None,
        oldest=ages.oldest if ages else None,
        answered=passed.answered if passed else 0,
        median=took.get(50),
        p90=took.get(90),
        p95=took.get(95),
        rejected=passed.rejected if passed else 0,
        given_up=passed.given_up if passed else 0,
    )


def _reasons(tx: Session, wish: Wish, steps: Mapping[str, StepFigures]) -> Iterable[ReasonFigures]:
    """The most frequent first. A rejection that gives a reason for two steps gives it once."""
    counted = select(Rejection.desk, Rejection.reason, func.count(Rejection.task_id.distinct()))
    rows = counted.where(Rejection.case_id.in_(_begun(wish))).group_by(Rejection.desk, Rejection.reason)
    for desk, reason, given in sorted(tx.execute(rows), key=lambda row: (-row[2], row[0], row[1])):
        yield ReasonFigures(desk, reason, given, steps[desk].answered if desk in steps else given)
