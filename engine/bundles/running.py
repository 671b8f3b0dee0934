"""Where the running cases of a business stand, version by version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.tables import Case, Task


@dataclass(frozen=True)
class Running:
    """The cases of one version that have not ended.

    `unstarted` of them have submitted nothing yet, `steps` counts them by the step that is open, and `elsewhere` have
    no step open: they wait for a service, a message or a timer.
    """

    hash: str
    cases: int
    unstarted: int
    steps: Mapping[str, int]
    elsewhere: int


def running(tx: Session, business: str) -> list[Running]:
    """By version, the one with the most cases first; a version without a running case is left out."""
    mine = (Case.business == business, Case.ended_at.is_(None))
    unstarted = func.count().filter(Case.started_at.is_(None))
    counts = tx.execute(select(Case.bundle_hash, func.count(), unstarted).where(*mine).group_by(Case.bundle_hash))
    steps = _steps(tx, *mine)
    asked = _asked(tx, *mine)
    found = [Running(at, cases, new, steps[at], cases - asked.get(at, 0)) for at, cases, new in counts]
    return sorted(found, key=lambda each: (-each.cases, each.hash))


def _steps(tx: Session, *mine: ColumnElement[bool]) -> dict[str, dict[str, int]]:
    query = select(Case.bundle_hash, Task.step, func.count(Case.id.distinct())).join(Task, Task.case_id == Case.id)
    rows = tx.execute(query.where(*mine, Task.closed_at.is_(None)).group_by(Case.bundle_hash, Task.step))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for version, step, cases in rows:
        counts[version][step] = cases
    return counts


def _asked(tx: Session, *mine: ColumnElement[bool]) -> dict[str, int]:
    """How many cases have at least one step open."""
    query = select(Case.bundle_hash, func.count(Case.id.distinct())).join(Task, Task.case_id == Case.id)
    rows = tx.execute(query.where(*mine, Task.closed_at.is_(None)).group_by(Case.bundle_hash))
    return {version: cases for version, cases in rows}  # noqa: C416  rows are no pairs to mypy
