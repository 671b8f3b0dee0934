"""How the steps of a business go: who stands there, how long a step takes, how often it is sent back or given up.

What has passed is counted over the cases that began in the window, at most the latest `MOST` of them; what stands now,
over all that have begun and not ended. Times are those of the clock, nights and holidays included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from engine.flow_figures.percentiles import percentile
from engine.tables import Case, Rejection, Task

MOST = 5000
ANSWERED = ("submit", "reject")


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
class _Passed:
    """What one step's closed tasks come to."""

    took: Sequence[timedelta]
    rejected: int
    given_up: int


def figures(tx: Session, wish: Wish, now: datetime) -> Figures:
    """The figures of every step that anybody came to."""
    began = tx.scalar(select(func.count()).select_from(_begun(wish, MOST + 1).subquery())) or 0
    passed, ages = _passed(tx, wish), _ages(tx, wish, now)
    steps = {step: _step(step, passed.get(step), ages.get(step, ())) for step in passed.keys() | ages.keys()}
    return Figures(min(began, MOST), began > MOST, steps, tuple(_reasons(tx, wish, steps)))


def _mine(wish: Wish) -> list[ColumnElement[bool]]:
    version = [Case.bundle_hash == wish.bundle_hash] if wish.bundle_hash else []
    return [Case.business == wish.business, *version]


def _begun(wish: Wish, most: int = MOST) -> Select[str]:
    """The ids of the cases that count. Numbers begin with the day, so that their index finds those of a window."""
    since = Case.number >= wish.since.strftime("%Y%m%d")
    return select(Case.id).where(*_mine(wish), since).order_by(Case.number.desc()).limit(most)


def _passed(tx: Session, wish: Wish) -> dict[str, _Passed]:
    ended_here = Task.closed_at == Case.ended_at
    asked = select(Task.step, Task.opened_at, Task.closed_at, Task.closed_how, ended_here).join(
        Case, Case.id == Task.case_id
    )
    rows = tx.execute(asked.where(Task.case_id.in_(_begun(wish)), Task.closed_at.is_not(None)))
    took: dict[str, list[timedelta]] = defaultdict(list)
    rejected, given_up = Counter[str](), Counter[str]()
    for step, opened, closed, how, ended in rows:
        if how in ANSWERED and closed is not None:
            took[step].append(closed - opened)
            rejected[step] += how == "reject"
        elif ended:
            given_up[step] += 1
    return {step: _Passed(took.get(step, []), rejected[step], given_up[step]) for step in took.keys() | given_up}


def _ages(tx: Session, wish: Wish, now: datetime) -> dict[str, list[timedelta]]:
    """How long those that stand now have stood, by step."""
    begun = Case.number.is_not(None), Case.ended_at.is_(None)
    rows = select(Task.step, Task.opened_at).join(Case, Case.id == Task.case_id)
    ages: dict[str, list[timedelta]] = defaultdict(list)
    for step, opened in tx.execute(rows.where(*_mine(wish), *begun, Task.closed_at.is_(None))):
        ages[step].append(now - opened)
    return ages


def _step(step: str, passed: _Passed | None, ages: Sequence[timedelta]) -> StepFigures:
    took = passed.took if passed else ()
    return StepFigures(
        step,
        standing=len(ages),
        waiting=percentile(ages, 0.5),
        oldest=max(ages, default=None),
        answered=len(took),
        median=percentile(took, 0.5),
        p90=percentile(took, 0.9),
        p95=percentile(took, 0.95),
        rejected=passed.rejected if passed else 0,
        given_up=passed.given_up if passed else 0,
    )


def _reasons(tx: Session, wish: Wish, steps: Mapping[str, StepFigures]) -> Iterable[ReasonFigures]:
    """The most frequent first. A rejection that gives a reason for two steps gives it once."""
    counted = select(Rejection.desk, Rejection.reason, func.count(Rejection.task_id.distinct()))
    rows = counted.where(Rejection.case_id.in_(_begun(wish))).group_by(Rejection.desk, Rejection.reason)
    for desk, reason, given in sorted(tx.execute(rows), key=lambda row: (-row[2], row[0], row[1])):
        yield ReasonFigures(desk, reason, given, steps[desk].answered if desk in steps else given)
