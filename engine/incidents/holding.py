"""One incident held with its case and its job; every settling of it begins here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor, may_operate
from engine.cases.holding import Held, holding
from engine.errors import Gone, NotYours, Stale
from engine.store import Store
from engine.tables import Incident, Job


@dataclass
class HeldIncident:
    """Case first, then job: the order in which everything that changes a case locks."""

    held: Held
    incident: Incident
    job: Job

    def settle(self, actor: Actor, how: str, note: str) -> dict[str, object]:
        """Who, when, how and why, on the incident's row; answers with what the audit says of it."""
        row = self.incident
        row.resolved_by, row.resolved_at, row.how, row.note = actor.id, self.held.now, how, note
        return {"incident": row.id, "note": note}

    @property
    def is_awaited(self) -> bool:
        """Whether the process itself still waits for the job's answer: asked of the state, not of the rows."""
        return any(open_job.id == self.job.task_id for open_job in self.held.run.jobs)


def hold_incident(store: Store, tx: Session, incident_id: str, actor: Actor) -> HeldIncident:
    """Gone when there is none; Stale, with who settled it and how, when it is settled; NotYours for no operator."""
    if not may_operate(actor):
        raise NotYours("only an operator settles incidents")
    case_id = tx.scalar(select(Incident.case_id).where(Incident.id == incident_id))
    if case_id is None:
        raise Gone
    held = holding(store, tx, case_id)
    incident = tx.get_one(Incident, incident_id, populate_existing=True)
    job = tx.get_one(Job, incident.job_id, with_for_update=True, populate_existing=True)
    if incident.resolved_at is not None:
        raise Stale(case_id, incident.resolved_by, incident.resolved_at, incident.how or "")
    return HeldIncident(held, incident, job)
