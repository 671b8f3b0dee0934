"""The rows of 我的业务 (S31-S35): what is in flight, what still has to be done, what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import video_queue
from engine.cases import closes_at, waits_for
from engine.cases.abandoning import MESSAGE
from engine.tables import Case, Obligation, Rejection
from webapp.house import bundle_of, business, clock, reading, say, store, vault
from webapp.starting import case_address
from webapp.steps.asked import Asked, open_task
from webapp.steps.booking import Booked, booked


@dataclass(frozen=True)
class Remark:
    """What a desk told the customer, and when."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Row:
    """One row of either table. A row without `case_id` is an obligation: no status, date or remark (G6).

    `go_on` is where 操作 leads, empty while a desk or the system works; `place` says which page that is:
    queue | appointment | step. `closes_at` is there once the customer had to be warned.
    """

    business: str
    case_id: str = ""
    number: str = ""
    status: str = ""
    at: datetime | None = None
    remarks: tuple[Remark, ...] = ()
    go_on: str = ""
    place: str = ""
    look: str = ""
    may_abandon: bool = False
    obligation_id: str = ""
    booked: Booked | None = None
    closes_at: datetime | None = None


def pending(customer_id: str) -> list[Row]:
    """待完成业务: cases in flight, the newest first, then what was opened only, then obligations."""
    cases = reading().scalars(
        select(Case).where(Case.customer_id == customer_id, Case.ended_at.is_(None)).order_by(Case.opened_at.desc())
    )
    rows = [_case_row(case) for case in cases]
    return sorted(rows, key=lambda row: row.at is None) + _obligations(customer_id)


def done(customer_id: str) -> list[Row]:
    """已完成业务, the newest first; nothing can be done to them any more."""
    over = select(Case).where(Case.customer_id == customer_id, Case.ended_at.is_not(None), Case.started_at.is_not(None))
    return [_case_row(case) for case in reading().scalars(over.order_by(Case.ended_at.desc()))]


def _case_row(case: Case) -> Row:
    bundle, begun, going = bundle_of(case), case.started_at is not None, case.ended_at is None
    place = _place(case) if going else ""
    return Row(
        business=say(bundle, bundle.business.name),
        case_id=case.id,
        number=case.number or "",
        status=say(bundle, case.status) if begun else "",
        at=case.started_at,
        remarks=_remarks(case),
        go_on=case_address(case.id) if place else "",
        place=place,
        look=case_address(case.id),
        may_abandon=begun and going and may_abandon(case),
        booked=booked(case.id) if going else None,
        closes_at=closes_at(store(), reading(), case) if begun and going else None,
    )


def may_abandon(case: Case) -> bool:
    """放弃 is there until the change is applied, whoever holds the case now (G7)."""
    return waits_for(store(), reading(), case, MESSAGE)


def _place(case: Case) -> str:
    """What the customer himself has to do now; nothing while a desk or the system works, and 操作 is hidden (G7)."""
    task = open_task(case)
    if task is not None:
        waits = Asked(case, bundle_of(case), task).with_widget("appointment_choice") is not None
        return "appointment" if waits else "step"
    if video_queue.standing(reading(), case.id, clock().now()):
        return "queue"
    return "" if case.started_at else "step"


def _remarks(case: Case) -> tuple[Remark, ...]:
    """The reasons that are not yet resolved, as the desk wrote them for the customer (S33)."""
    told = select(Rejection).where(Rejection.case_id == case.id, Rejection.resolved_at.is_(None)).order_by(Rejection.at)
    rows = reading().scalars(told)
    return tuple(Remark(vault().open("rejections.customer_text", row.customer_text), row.at) for row in rows)


def _obligations(customer_id: str) -> list[Row]:
    """What must be signed and was not begun; once begun, its case stands in the table instead."""
    begun = select(Case.obligation_id).where(
        Case.customer_id == customer_id, Case.ended_at.is_(None), Case.obligation_id.is_not(None)
    )
    open_ones = select(Obligation).where(
        Obligation.customer_id == customer_id, Obligation.done_at.is_(None), Obligation.id.not_in(begun)
    )
    return [
        row
        for obligation in reading().scalars(open_ones.order_by(Obligation.created_at))
        for row in _obligation_row(obligation)
    ]


def _obligation_row(obligation: Obligation) -> list[Row]:
    bundle = business(obligation.business)
    return [Row(business=say(bundle, bundle.business.name), obligation_id=obligation.id)] if bundle else []
