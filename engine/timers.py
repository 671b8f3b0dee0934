"""The timer sweep: fires what is due by the passed clock, once, also after downtime."""

from __future__ import annotations

import logging

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.actors import SYSTEM
from engine.cases.holding import Held, hold
from engine.cases.inbox import Closing
from engine.interpreter import NotOpen
from engine.store import Store
from engine.tables import Timer

_log = logging.getLogger("kaihu.timers")
_BY_NOW = select(Timer.case_id).where(Timer.due_at <= bindparam("now"))
_DUE = _BY_NOW.order_by(Timer.due_at, Timer.case_id).limit(bindparam("limit"))
"""Built once: the relay asks this each second."""


def sweep(store: Store, limit: int = 200) -> int:
    """Fire every timer that is due, one case a transaction, and say how many; one bad case does not stop the rest."""
    with store.read() as tx:
        cases = list(dict.fromkeys(tx.scalars(_DUE, {"now": store.clock.now(), "limit": limit})))
    return sum(_sweep_one(store, case_id) for case_id in cases)


def _sweep_one(store: Store, case_id: str) -> int:
    try:
        return store.unit(lambda tx: _fire_all(store, tx, case_id))
    except Exception:
        _log.exception("timers of case %s could not be fired", case_id)
        return 0


def _fire_all(store: Store, tx: Session, case_id: str) -> int:
    held = hold(store, tx, case_id, skip_locked=True)
    fired = 0
    while held is not None and (timer := _next(held)) is not None:
        _fire(held, timer)
        fired += 1
    return fired


def _next(held: Held) -> Timer | None:
    mine = select(Timer).where(Timer.case_id == held.case.id, Timer.due_at <= held.now)
    return held.tx.scalar(mine.order_by(Timer.due_at, Timer.element, Timer.task_id).limit(1))


def _fire(held: Held, timer: Timer) -> None:
    """What fires is read from the state; a row without its timer would be a row of another moment."""
    body = {"timer": timer.task_id, "element": timer.element, "due": timer.due_at.isoformat()}
    try:
        held.run.fire(timer.task_id)
    except NotOpen:
        held.tx.delete(timer)
        held.tx.flush()
        return
    held.settle(SYSTEM, "timer", body, Closing("timer"))
    del held.run  # the next timer is looked for in what was just stored
