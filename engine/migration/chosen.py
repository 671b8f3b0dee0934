"""Which running cases are to go to which version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, or_, select, true

from engine.interpreter import Homes
from engine.tables import Case, Task


@dataclass(frozen=True)
class Order:
    """Which running cases of a business go to the version `to`: of these versions, at this step, or just these."""

    business: str
    to: str
    note: str
    homes: Homes = field(default_factory=dict)
    versions: Collection[str] = ()
    step: str | None = None
    cases: Collection[str] = ()


def is_chosen(order: Order) -> ColumnElement[bool]:
    """True of the cases that the order is for; those on its version already are left out."""
    at = select(Task.case_id).where(Task.step == order.step, Task.closed_at.is_(None))
    return and_(
        Case.business == order.business,
        Case.ended_at.is_(None),
        Case.bundle_hash != order.to,
        Case.bundle_hash.in_(order.versions) if order.versions else true(),
        Case.id.in_(at) if order.step is not None else true(),
        or_(Case.id.in_(order.cases), Case.number.in_(order.cases)) if order.cases else true(),
    )
