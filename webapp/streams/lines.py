"""The lines of the branches as streams tell them: read once for everybody who waits in one, at most once a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from engine import line_order, waiting_time
from engine.store import Store
from engine.tables import QueuePlace, Task


@dataclass(frozen=True)
class Where:
    """Where somebody is in line: `position` is 0 while a verifier talks to him. So many `verifiers` serve it."""

    total: int
    position: int
    verifiers: int


@dataclass
class Line:
    """The last look at one branch's line, and when it was taken."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    at: float = -1.0
    places: Mapping[str, Where] = field(default_factory=dict)


class Lines:
    """Of one process. A look that was taken after it rang serves everybody whom the bell woke."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, Line] = {}

    def where(self, store: Store, branch_id: str, case_id: str, since: float) -> Where | None:
        """Where the customer of this case is, as it was at that moment or later; None when he is in no line."""
        with self._lock:
            line = self._lines.setdefault(branch_id, Line())
        with line.lock:
            if line.at <= since:
                at = time.monotonic()
                line.places = _look(store, branch_id)
                line.at = at
            return line.places.get(case_id)


def _look(store: Store, branch_id: str) -> dict[str, Where]:
    now = store.clock.now()
    with store.read() as tx:
        turn = line_order.turns(branch_id, line_order.precedence(tx, branch_id, now), now)
        found = tx.execute(
            select(QueuePlace.case_id, func.coalesce(turn.c.turn, 0))
            .join(Task, Task.id == QueuePlace.task_id)
            .outerjoin(turn, turn.c.task_id == Task.id)
            .where(QueuePlace.branch_id == branch_id, Task.closed_at.is_(None))
        ).all()
        there = waiting_time.verifiers(tx, branch_id, now).serving
    return {case_id: Where(len(found), position, there) for case_id, position in found}
