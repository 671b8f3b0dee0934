"""The start: a case is opened by looking, and started, with a number, by the first submitted step."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.holding import Held
from engine.errors import Pending
from engine.tables import Case, CaseNumber


def start(held: Held) -> None:
    """Give the case its number and its start, once; Pending when another exclusive business is in flight."""
    case = held.case
    if case.started_at is not None:
        return
    if case.exclusive:
        check_pending(held.tx, case.customer_id)
    case.number, case.started_at = _next_number(held.tx, held.now.strftime("%Y%m%d")), held.now
    held.tx.flush()


def check_pending(tx: Session, customer_id: str) -> None:
    """Raise Pending with the customer's exclusive case in flight, if there is one."""
    in_flight = select(Case.id).where(
        Case.customer_id == customer_id, Case.exclusive, Case.started_at.is_not(None), Case.ended_at.is_(None)
    )
    other = tx.scalar(in_flight.limit(1))
    if other is not None:
        raise Pending(other)


def _next_number(tx: Session, day: str) -> str:
    """Numbers of a day follow each other; the counter's row keeps two cases from taking the same one."""
    counter = tx.get(CaseNumber, day, with_for_update=True, populate_existing=True)
    if counter is None:
        counter = CaseNumber(day=day, last=0)
        tx.add(counter)
    counter.last += 1
    tx.flush()
    return f"{day}{counter.last:06d}"
