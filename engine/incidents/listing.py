"""The list of incidents: grouped by cause, and one by one, as far as somebody wishes to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.incidents.causes import Cause, error_class
from engine.tables import Case, Incident, Job


@dataclass(frozen=True)
class Wish:
    """Which incidents: empty parts ask for all. `number` is a 受理单号 or its last digits."""

    service: str = ""
    error: str = ""
    number: str = ""
    settled: bool = False


@dataclass(frozen=True)
class Group:
    """How many incidents have one cause, and since when."""

    cause: Cause
    count: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True)
class Listed:
    """An incident with what of its job and case a list says."""

    incident: Incident
    job: Job
    case: Case

    @property
    def cause(self) -> Cause:
        return Cause(self.job.service, error_class(self.incident.cause))


def causes(tx: Session, wish: Wish) -> list[Group]:
    """The causes of what is wished for, the most frequent first; its own parts service and error do not narrow it."""
    counted = select(Job.service, Incident.cause, func.count(), func.min(Incident.at), func.max(Incident.at))
    rows = counted.select_from(Incident).join(Job, Job.id == Incident.job_id).join(Case, Case.id == Incident.case_id)
    found: dict[Cause, Group] = {}
    for service, text, count, oldest, newest in tx.execute(
        rows.where(*_wished(wish)).group_by(Job.service, Incident.cause)
    ):
        cause = Cause(service, error_class(text))
        found[cause] = _together(found.get(cause), Group(cause, count, oldest, newest))
    return sorted(found.values(), key=lambda group: (-group.count, group.oldest))


def listed(tx: Session, wish: Wish, limit: int) -> list[Listed]:
    """Those that are wished for: what waits, oldest first; what is settled, newest first."""
    order = (Incident.resolved_at.desc(), Incident.id) if wish.settled else (Incident.at, Incident.id)
    rows = select(Incident, Job, Case).join(Job, Job.id == Incident.job_id).join(Case, Case.id == Incident.case_id)
    mine = rows.where(*_wished(wish), *_of_cause(tx, wish)).order_by(*order).limit(limit)
    return [Listed(incident, job, case) for incident, job, case in tx.execute(mine)]


def of_case(tx: Session, case_id: str) -> list[Incident]:
    """All incidents of a case, settled ones too, oldest first."""
    return list(tx.scalars(select(Incident).where(Incident.case_id == case_id).order_by(Incident.at, Incident.id)))


def count_open(tx: Session) -> int:
    """How many wait for somebody."""
    return tx.scalar(select(func.count()).select_from(Incident).where(Incident.resolved_at.is_(None))) or 0


def _wished(wish: Wish) -> Iterator[ColumnElement[bool]]:
    yield Incident.resolved_at.is_not(None) if wish.settled else Incident.resolved_at.is_(None)
    if wish.number:
        yield Case.number.endswith(wish.number, autoescape=True)


def _of_cause(tx: Session, wish: Wish) -> Iterator[ColumnElement[bool]]:
    """An error's class covers several texts: one for each place in a program."""
    if wish.service:
        yield Job.service == wish.service
    if wish.error:
        texts = tx.scalars(select(Incident.cause).distinct())
        yield Incident.cause.in_([text for text in texts if error_class(text) == wish.error])


def _together(one: Group | None, other: Group) -> Group:
    if one is None:
        return other
    oldest, newest = min(one.oldest, other.oldest), max(one.newest, other.newest)
    return Group(other.cause, one.count + other.count, oldest, newest)
