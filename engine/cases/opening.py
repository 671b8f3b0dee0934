"""Opening a case: the first page of a business is shown, nothing is submitted yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import SYSTEM
from engine.bundles import bundle_of, published
from engine.cases.holding import Held, known_to
from engine.cases.intentions import Scalar
from engine.cases.starting import check_pending
from engine.cases.status import UNDER_WAY
from engine.interpreter import Run
from engine.store import Store
from engine.tables import Case

if TYPE_CHECKING:
    from engine.bundles import Bundle


def open_case(
    store: Store,
    *,
    business: str,
    customer_id: str,
    branch_id: str,
    settings: Mapping[str, Any],
    obligation_id: str | None = None,
    also: Callable[[Held], None] | None = None,
) -> str:
    """The id of the customer's case of this business that is not started yet; opened now if there is none.

    `also` writes what belongs to a case that is opened now (photographs on file), in the same transaction.
    Raises Pending when the business is exclusive and another such case is in flight.
    """

    def work(tx: Session) -> str:
        found = _opening(tx, business, customer_id, obligation_id)
        if found is not None:
            return found
        case_id = store.ids.new()
        version = published(tx, business, store.clock.now(), branch=branch_id, case=case_id)
        bundle = bundle_of(tx, version, known_to(store))
        if bundle.business.exclusive:
            check_pending(tx, customer_id)
        held = _open(store, tx, bundle, case_id, customer_id, branch_id, settings, obligation_id)
        if also is not None:
            also(held)
        return held.case.id

    return store.unit(work)


def _opening(tx: Session, business: str, customer_id: str, obligation_id: str | None) -> str | None:
    """An opening that can be used again; of one obligation there is one case at a time."""
    mine = select(Case).where(Case.customer_id == customer_id, Case.business == business, Case.ended_at.is_(None))
    for case in tx.scalars(mine.order_by(Case.opened_at)):
        if obligation_id is not None and case.obligation_id == obligation_id:
            return case.id
        if case.started_at is None:
            case.obligation_id = obligation_id
            return case.id
    return None


def _open(
    store: Store,
    tx: Session,
    bundle: Bundle,
    case_id: str,
    customer_id: str,
    branch_id: str,
    settings: Mapping[str, Any],
    obligation_id: str | None,
) -> Held:
    now = store.clock.now()
    run = Run.start(bundle, _first_facts(bundle, settings), now)
    case = Case(
        id=case_id,
        business=bundle.business.id,
        bundle_hash=bundle.hash,
        customer_id=customer_id,
        branch_id=branch_id,
        obligation_id=obligation_id,
        exclusive=bundle.business.exclusive,
        state="",
        opened_at=now,
        touched_at=now,
        status=UNDER_WAY,
    )
    tx.add(case)
    tx.flush()
    held = Held.fresh(store, tx, case, now, bundle, run)
    held.settle(SYSTEM, "open", {"bundle": bundle.hash})
    return held


def _first_facts(bundle: Bundle, settings: Mapping[str, Any]) -> dict[str, Scalar]:
    """Everything is to do, nothing is asked again, and the company's settings stay as they are now."""
    facts: dict[str, Scalar] = {"back": False, "rejection.final": False}
    for step in bundle.steps:
        facts |= {f"todo.{step.id}": True, f"again.{step.id}": False}
    wanted = {f"settings.{name}": value for name, value in settings.items()}
    return facts | {name: value for name, value in wanted.items() if name in bundle.declared}
