"""Incidents: jobs that nobody could finish, for an operator to settle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import outbox
from engine.actors import Actor
from engine.cases.holding import Held, holding
from engine.errors import Gone, Stale
from engine.store import Store
from engine.tables import Incident, Job


def listed(tx: Session, case_id: str | None = None) -> list[Incident]:
    """The incidents that wait for an operator, oldest first."""
    waiting = select(Incident).where(Incident.resolved_at.is_(None))
    mine = waiting if case_id is None else waiting.where(Incident.case_id == case_id)
    return list(tx.scalars(mine.order_by(Incident.at, Incident.id)))


def retry(store: Store, incident_id: str, actor: Actor, note: str = "") -> None:
    """Send the job again, with all its attempts; Stale when the incident is settled."""

    def work(tx: Session) -> None:
        held, incident, job = _held(store, tx, incident_id)
        job.status, job.attempt, job.run_after = "due", 0, held.now
        _settle(held, incident, actor, "retry", note)

    store.unit(work)


def resolve(store: Store, incident_id: str, actor: Actor, facts: Mapping[str, Any], note: str) -> bool:
    """Give the result that the job could not give; False when the case does not wait for it any more."""

    def work(tx: Session) -> bool:
        held, incident, job = _held(store, tx, incident_id)
        _settle(held, incident, actor, "resolve", note)
        return outbox.accept(store, tx, job.id, job.attempt, facts)

    return store.unit(work)


def _held(store: Store, tx: Session, incident_id: str) -> tuple[Held, Incident, Job]:
    case_id = tx.scalar(select(Incident.case_id).where(Incident.id == incident_id))
    if case_id is None:
        raise Gone
    held = holding(store, tx, case_id)
    incident = tx.get(Incident, incident_id, populate_existing=True)
    assert incident is not None
    if incident.resolved_at is not None:
        raise Stale(case_id, incident.resolved_by, incident.resolved_at, "resolved")
    job = tx.get(Job, incident.job_id, with_for_update=True, populate_existing=True)
    assert job is not None
    return held, incident, job


def _settle(held: Held, incident: Incident, actor: Actor, how: str, note: str) -> None:
    incident.resolved_by, incident.resolved_at, incident.note = actor.id, held.now, note
    held.write_down(actor, f"incident.{how}", {"incident": incident.id, "job": incident.job_id})
