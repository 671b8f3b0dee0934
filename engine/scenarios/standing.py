"""Where a played case stands, and what it has come to: read between two moves and at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from engine.bundles import Bundle
from engine.cases import facts_of, open_tasks, telling, way_of
from engine.feel.said import Said
from engine.interpreter import FlowTaken
from engine.interpreter.facts import Scalar, flat
from engine.scenarios.faults import ENDED, NOWHERE, OPEN, WAITS
from engine.store import Store
from engine.tables import Case, Job, Task, Timer

STARTS = frozenset({"startEvent", "boundaryEvent"})
"""No flow leads to these: a case has passed them when it has left them."""


@dataclass(frozen=True)
class Standing:
    """One case at one moment."""

    store: Store
    bundle: Bundle
    case_id: str

    @cached_property
    def case(self) -> Case:
        with self.store.read() as tx:
            return tx.get_one(Case, self.case_id)

    @cached_property
    def tasks(self) -> list[Task]:
        with self.store.read() as tx:
            return open_tasks(tx, self.case_id)

    @cached_property
    def jobs(self) -> list[Job]:
        """The services that the flow waits for."""
        with self.store.read() as tx:
            mine = select(Job).where(Job.case_id == self.case_id, Job.task_id.is_not(None), Job.ended_at.is_(None))
            return list(tx.scalars(mine.order_by(Job.created_at, Job.id)))

    @cached_property
    def timers(self) -> list[Timer]:
        """The next one first."""
        with self.store.read() as tx:
            mine = select(Timer).where(Timer.case_id == self.case_id)
            return list(tx.scalars(mine.order_by(Timer.due_at, Timer.element, Timer.task_id)))

    @cached_property
    def facts(self) -> dict[str, Scalar]:
        with self.store.read() as tx:
            return flat(facts_of(self.store, tx, tx.get_one(Case, self.case_id)))

    @cached_property
    def texts(self) -> list[str]:
        """The notices that were written down for the customer's phone, in their order."""
        with self.store.read() as tx:
            mine = select(Job).where(Job.case_id == self.case_id, Job.service == telling.SERVICE)
            return [str(job.args[telling.TEMPLATE]) for job in tx.scalars(mine.order_by(Job.created_at, Job.id))]

    @cached_property
    def way(self) -> list[FlowTaken]:
        with self.store.read() as tx:
            return way_of(tx, self.case_id)

    @property
    def passed(self) -> list[str]:
        """The elements in the order in which the case came to them."""
        return [element for flow in self.way for element in self._ends(flow)]

    def _ends(self, flow: FlowTaken) -> Iterator[str]:
        source = self.bundle.drawing.elements.get((flow.process, flow.source))
        if source is None or source.kind in STARTS:
            yield flow.source
        yield flow.target

    def task(self, step: str) -> Task | None:
        return next((task for task in self.tasks if task.step == step), None)

    @property
    def told(self) -> Said:
        """In words: what is open, what is waited for, or how it has ended."""
        if self.case.ended_at is not None:
            return ENDED.filled(names=self.case.end_id or "")
        if self.tasks:
            return OPEN.filled(names=", ".join(task.step for task in self.tasks))
        jobs = ", ".join(job.service for job in self.jobs)
        return WAITS.filled(names=jobs) if jobs else NOWHERE
