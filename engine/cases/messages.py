"""Messages to a case: what a boundary or catching event waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access
from engine.cases.given import check_facts
from engine.cases.holding import Held, holding, pinned
from engine.cases.inbox import Closing
from engine.cases.intentions import Advanced, Scalar
from engine.errors import Stale
from engine.interpreter import NotWaiting, Run
from engine.store import Store
from engine.tables import Case


def send_message(
    store: Store,
    case_id: str,
    message: str,
    actor: Actor,
    facts: Mapping[str, Scalar] | None = None,
    only_if: Callable[[Session], bool] | None = None,
) -> Advanced:
    """Deliver a message; Stale when nothing in the case waits for it any more.

    `only_if` is asked while the case is locked; when it says no, nothing happens and the answer is Stale too.
    """

    def work(tx: Session) -> Advanced:
        held = holding(store, tx, case_id)
        access.check_case(held.case, actor)
        check_facts(held.bundle, facts or {})
        if only_if is not None and not only_if(tx):
            raise Stale(case_id, None, None, "not now")
        return deliver(held, message, actor, facts or {}, {}, closed=message[:16])

    return store.unit(work)


def waits_for(store: Store, tx: Session, case: Case, message: str) -> bool:
    """Whether the case would take this message now."""
    if case.ended_at is not None:
        return False
    return Run.restore(pinned(store, tx, case), case.state, store.clock.now()).waits_for(message)


def deliver(
    held: Held, message: str, actor: Actor, facts: Mapping[str, Scalar], body: Mapping[str, Any], closed: str
) -> Advanced:
    """Deliver in the caller's write unit."""
    case = held.case
    if case.ended_at is not None:
        raise Stale(case.id, None, case.ended_at, "ended")
    try:
        held.run.send(message, facts)
    except NotWaiting:
        raise Stale(case.id, None, None, "not waiting") from None
    if actor.kind == access.INVESTOR:
        held.touched()
    said = {"message": message, "facts": dict(facts), **body}
    return held.settle(actor, closed, said, Closing(closed, actor.id))
