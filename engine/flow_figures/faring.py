"""How the cases fare that began on a version: what a version on trial is held against the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.tables import Case, Incident, Rejection


@dataclass(frozen=True)
class Faring:
    """Cases, not events: `rejected` were sent back at least once, `troubled` had an incident. `ended` by their end."""

    begun: int
    ended: Mapping[str, int]
    rejected: int
    troubled: int

    @property
    def finished(self) -> int:
        """How many have come to an end, whichever."""
        return sum(self.ended.values())


def faring(tx: Session, business: str, bundle_hash: str, since: datetime) -> Faring:
    """Of the cases on this version that submitted a first step since then."""
    mine = (Case.business == business, Case.bundle_hash == bundle_hash, Case.started_at >= since)
    ends = select(Case.status, func.count()).where(*mine, Case.ended_at.is_not(None)).group_by(Case.status)
    return Faring(
        begun=tx.scalar(select(func.count()).select_from(Case).where(*mine)) or 0,
        ended={status: cases for status, cases in tx.execute(ends)},  # noqa: C416  rows are no pairs to mypy
        rejected=_cases_with(tx, Rejection, mine),
        troubled=_cases_with(tx, Incident, mine),
    )


def _cases_with(tx: Session, event: type[Rejection] | type[Incident], mine: tuple[object, ...]) -> int:
    counted = select(func.count(Case.id.distinct())).join(event, event.case_id == Case.id)
    return tx.scalar(counted.where(*mine)) or 0  # type: ignore[arg-type]
