"""How long somebody in line will wait, as a range: half of those in his place wait longer than its beginning, a fifth
longer than its end.

Both come from how long the branch's last calls took, and from how many verifiers are at the line's service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import fmean, pstdev

from sqlalchemy.orm import Session

from engine import line_events, presence

CALLS = 30
RECENT = timedelta(weeks=4)
ENOUGH = 10
UNTIL_MEASURED = (timedelta(minutes=6).total_seconds(), timedelta(minutes=3.6).total_seconds())
"""Mean and spread of a call, as long as a branch has had too few."""
EIGHTY = 0.84
"""A fifth of a normal distribution lies so many of its spreads above the mean."""


@dataclass(frozen=True)
class Verifiers:
    """How many of a branch serve its line now; `free` of them have no call."""

    serving: int
    free: int


@dataclass(frozen=True)
class Wait:
    """`least` and `most` are the p50 and the p80; both nothing when somebody is free for him."""

    least: timedelta
    most: timedelta


def verifiers(tx: Session, branch_id: str, now: datetime) -> Verifiers:
    serving = [one for one in presence.of_branch(tx, branch_id, now).values() if one.serves]
    return Verifiers(len(serving), sum(one.state == presence.ONLINE for one in serving))


def of(tx: Session, branch_id: str, position: int, there: Verifiers, now: datetime) -> Wait | None:
    """What the customer at this place is told; None when no verifier is there."""
    if position <= there.free:
        return wait(position, there, []) if there.serving else None
    return wait(position, there, line_events.service_times(tx, branch_id, now - RECENT, CALLS))


def wait(position: int, there: Verifiers, took: Sequence[timedelta]) -> Wait | None:
    """The sum of the calls before his own, shared among the verifiers; those who are free take the first ones."""
    if not there.serving:
        return None
    before = max(0, position - there.free)
    mean, spread = _of_a_call(took)
    least = before * mean / there.serving
    most = least + EIGHTY * spread * sqrt(before) / there.serving
    return Wait(timedelta(seconds=least), timedelta(seconds=most))


def _of_a_call(took: Sequence[timedelta]) -> tuple[float, float]:
    seconds = [one.total_seconds() for one in took]
    return (fmean(seconds), pstdev(seconds)) if len(seconds) >= ENOUGH else UNTIL_MEASURED
