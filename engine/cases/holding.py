"""A case held by its row lock, with its process in memory; every change of a case begins here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import appointments, audit, rows
from engine.actors import Actor
from engine.bundles import Known, bundle_of
from engine.cases import case_row, ending, inbox, status, telling
from engine.cases.case_row import CaseRow
from engine.cases.inbox import MOVED, Closing
from engine.cases.intentions import Advanced
from engine.errors import Gone, Stale
from engine.interpreter import Run
from engine.store import Store
from engine.tables import Case, Job, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle

_TASK = select(Task).where(Task.id == bindparam("task")).execution_options(populate_existing=True)
_TASK_ROW = rows.by_key(Task)
_CASE_OF = (
    select(Case)
    .join(Task, Task.case_id == Case.id)
    .where(Task.id == bindparam("task"))
    .with_for_update(of=Case)
    .execution_options(populate_existing=True)
)


@dataclass
class Held:
    """One case inside one write unit. Nobody else changes it until the unit ends."""

    store: Store
    tx: Session
    case: Case
    now: datetime
    _asked: list[str] = field(default_factory=list)

    @cached_property
    def bundle(self) -> Bundle:
        return pinned(self.store, self.tx, self.case)

    @cached_property
    def run(self) -> Run:
        return Run.restore(self.bundle, self.case.state, self.now)

    @classmethod
    def fresh(cls, store: Store, tx: Session, case: Case, now: datetime, bundle: Bundle, run: Run) -> Held:
        """A case that is just being opened: nothing of it is stored yet."""
        held = cls(store, tx, case, now)
        held.bundle, held.run = bundle, run
        return held

    def settle(self, actor: Actor, action: str, body: Mapping[str, object], closing: Closing = MOVED) -> Advanced:
        """Write what the step has led to: state, inbox, jobs, timers, status and audit, all or nothing."""
        self.case.state = self.run.dump()
        with self.tx.no_autoflush:  # its rows are written together, below
            changes = inbox.project(self.store, self.tx, self.case, self.bundle, self.run, self.now, closing)
        for notice in telling.reached(self.bundle.drawing, self.run.flows):
            self.tell(notice)
        if self.run.finished:
            ending.end(self.tx, self.case, self.run.end, self.now)
            self._ask_afterwards()
        changes.jobs += self._asked
        self._asked = []
        self.tx.flush()
        oldest = next(iter(changes.waiting), None)
        self._say(status.text_at(self.tx, self.case, oldest, self.bundle, self.now))
        self.write_down(actor, action, {**body, **changes.plain(), "flows": self._flows()})
        self.run.flows.clear()
        if isinstance(self.case, CaseRow):
            self.case.keep(self.tx)
        return Advanced(self.case.id, changes.opened, changes.jobs, self.case.ended_at is not None)

    def _say(self, text: str) -> None:
        """To say what stands there already would make SQLAlchemy look for what is to be written once more."""
        if self.case.status != text:
            self.case.status = text

    def tell(self, notice: str) -> None:
        """Write a text to the customer's phone down; the case does not wait for it."""
        self._ask(telling.text(self.store, self.case.id, notice, self.now))

    def _ask_afterwards(self) -> None:
        service = ending.afterwards(self.bundle, self.run.end)
        if service is not None:
            self._ask(inbox.new_job(self.store, self.case.id, service, {}, self.now))

    def _ask(self, row: Job) -> None:
        self.tx.add(row)
        self._asked.append(row.id)

    def write_down(self, actor: Actor, action: str, body: Mapping[str, object]) -> None:
        """Append to the case's own audit chain."""
        chain = audit.case_chain(self.case.id)
        audit.record(self.tx, self.store.vault, chain, actor.key, action, body, self.now)

    def touched(self) -> None:
        """The investor was active: what counts his idle time counts from now; while he is booked, from after it."""
        booked = appointments.active(self.tx, self.case.id, self.now)
        self.case.touched_at = self.now
        self.run.restart_idle(booked.ends_at if booked else self.now)

    def keep_timers(self) -> None:
        """Store the state of timers that were restarted without a step."""
        self.case.state = self.run.dump()
        inbox.sync_timers(self.tx, self.case, self.run)

    def _flows(self) -> list[list[str]]:
        return [[flow.process, flow.source, flow.target] for flow in self.run.flows]


def hold(store: Store, tx: Session, case_id: str, skip_locked: bool = False) -> Held | None:
    """Lock a case and read it afresh; None when it is locked and need not be waited for. Gone when there is none."""
    lock = {"skip_locked": True} if skip_locked else True
    case = tx.get(Case, case_id, with_for_update=lock, populate_existing=True)
    if case is None and not skip_locked:
        raise Gone
    return None if case is None else Held(store, tx, case, store.clock.now())


def holding(store: Store, tx: Session, case_id: str) -> Held:
    """Lock a case and read it afresh, waiting for it; Gone when there is none."""
    held = hold(store, tx, case_id)
    assert held is not None
    return held


def holding_task(store: Store, tx: Session, task_id: str) -> tuple[Held, Task]:
    """Lock the case of a task, then read the task as it is now."""
    case = tx.scalars(_CASE_OF, {"task": task_id}).first()
    if case is None:
        raise Gone
    return Held(store, tx, case, store.clock.now()), tx.scalars(_TASK, {"task": task_id}).one()


def holding_row(store: Store, tx: Session, task_id: str) -> tuple[Held, Task]:
    """The same beside the ORM, for who changes both through the case's process: `settle` writes the case.

    To change the task that comes back changes nothing.
    """
    case: Any = case_row.locked(tx, task_id)
    if case is None:
        raise Gone
    task: Task = rows.first(tx, _TASK_ROW, key=task_id)
    return Held(store, tx, case, store.clock.now()), task


def must_be_open(task: Task) -> None:
    """Stale, with who closed it and how, when the task is not open any more."""
    if task.closed_at is not None:
        raise Stale(task.case_id, task.closed_by, task.closed_at, task.closed_how or "")


def pinned(store: Store, tx: Session, case: Case) -> Bundle:
    """The version that the case started with and stays with."""
    return bundle_of(tx, case.bundle_hash, known_to(store))


def known_to(store: Store) -> Known:
    if store.known is None:
        raise RuntimeError("the store was not told what bundles are read with")
    return store.known
