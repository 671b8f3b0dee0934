"""When a case that its customer leaves alone will be closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.holding import pinned
from engine.diagrams.model import Element
from engine.interpreter import is_idle
from engine.store import Store
from engine.tables import Case, Timer


def closes_at(store: Store, tx: Session, case: Case) -> datetime | None:
    """When the case will be closed as idle, once its customer was to be warned of that; None before."""
    idle = {one.id: one for one in pinned(store, tx, case).drawing.of("boundaryEvent") if _counts_idle_time(one)}
    rows = tx.scalars(select(Timer).where(Timer.case_id == case.id, Timer.element.in_(idle)))
    dues = {row.element: row.due_at for row in rows}
    ends = [due for element, due in dues.items() if idle[element].interrupting]
    to_warn = [due for element, due in dues.items() if not idle[element].interrupting]
    warns = any(not one.interrupting for one in idle.values())
    return min(ends) if ends and warns and all(due <= store.clock.now() for due in to_warn) else None


def _counts_idle_time(element: Element) -> bool:
    return element.event is not None and element.event.timer and is_idle(element.event.text)
