"""Reading cases: open tasks, a desk's queue, the facts, and the way a case has gone."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.cases.holding import pinned
from engine.interpreter import FlowTaken, Run
from engine.store import Store
from engine.tables import Case, Task


def open_tasks(tx: Session, case_id: str) -> list[Task]:
    """The open tasks of a case, oldest first."""
    mine = select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
    return list(tx.scalars(mine.order_by(Task.opened_at, Task.id)))


def queue(tx: Session, roles: Collection[str], branch_id: str) -> list[Task]:
    """The open tasks of these roles in one branch, oldest first; claimed ones too."""
    wanted = select(Task).where(Task.closed_at.is_(None), Task.role.in_(roles), Task.branch_id == branch_id)
    return list(tx.scalars(wanted.order_by(Task.opened_at, Task.id)))


def facts_of(store: Store, tx: Session, case: Case) -> dict[str, Any]:
    """The facts of a case as its foremost open task sees them, nested."""
    return Run.restore(pinned(store, tx, case), case.state, store.clock.now()).facts


def way_of(tx: Session, case_id: str) -> list[FlowTaken]:
    """Every sequence flow that the case has taken, in order."""
    rows = audit.history(tx, audit.case_chain(case_id))
    return [FlowTaken(*flow) for row in rows for flow in json.loads(row.body).get("flows", [])]
