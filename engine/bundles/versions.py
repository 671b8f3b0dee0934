"""The versions of a business: who published what, when, why and for whom; what was taken back; what is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles.choosing import is_for_all, standing, waits
from engine.bundles.plans import Plan
from engine.tables import Publication, Staff

ANALYST = "analyst"
State = Literal["current", "waiting", "part", "earlier", "withdrawn"]


@dataclass(frozen=True)
class Signed:
    """Who did something to a version, when, and with which note; `name` is what people call him."""

    by: str
    name: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Version:
    """One publication. `number` counts those of the business from 1; `again` is the first number of the same bundle.

    `state`: current (everybody takes it), waiting (for its time), part (tried with some of the new cases), earlier,
    withdrawn. `widened` says who let everybody take what was tried.
    """

    number: int
    hash: str
    state: State
    published: Signed
    proposed: Signed | None
    plan: Plan
    widened: Signed | None
    withdrawn: Signed | None
    again: int | None

    @property
    def current(self) -> bool:
        """Whether everybody takes it."""
        return self.state == "current"


def versions(tx: Session, business: str, at: datetime) -> list[Version]:
    """Every publication of a business, the latest first."""
    rows = tx.scalars(select(Publication).where(Publication.business == business).order_by(Publication.id)).all()
    taken = next((row.id for row in standing(tx, business, at) if is_for_all(row)), 0)
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        first.setdefault(row.bundle_hash, number)
    return [_version(tx, number, row, _state(row, taken, at), first) for number, row in enumerate(rows, start=1)][::-1]


def _state(row: Publication, taken: int, at: datetime) -> State:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.id == taken:
        return "current"
    if waits(row, at):
        return "waiting"
    return "earlier" if is_for_all(row) else "part"


def _version(tx: Session, number: int, row: Publication, state: State, first: dict[str, int]) -> Version:
    once = first[row.bundle_hash]
    return Version(
        number=number,
        hash=row.bundle_hash,
        state=state,
        published=_named(tx, row.author, row.at, row.note),
        proposed=_signed(tx, row.proposed_by, row.proposed_at),
        plan=Plan(row.starts_at, row.share, tuple(row.branches or ())),
        widened=_signed(tx, row.widened_by, row.widened_at),
        withdrawn=_signed(tx, row.withdrawn_by, row.withdrawn_at, row.withdrawn_note or ""),
        again=once if once < number else None,
    )


def _signed(tx: Session, by: str | None, at: datetime | None, note: str = "") -> Signed | None:
    return None if by is None or at is None else _named(tx, by, at, note)


def _named(tx: Session, by: str, at: datetime, note: str) -> Signed:
    member = tx.get(Staff, by.removeprefix("staff:")) if by.startswith("staff:") else None
    return Signed(by, member.name if member else by, at, note)
