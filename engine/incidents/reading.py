"""One incident in full: what failed, with which input, how often and when, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Gone
from engine.incidents.causes import Cause, error_class
from engine.services import ByHand, ServiceSpec
from engine.store import Store
from engine.tables import Case, Incident, Job, Try
from engine.tries import tries_of


@dataclass(frozen=True)
class Report:
    """Ids and plain words only: a job's input holds nothing else, and an error's text is a class and a place.

    `others` are the incidents of the same job before and after. `results` may be given by hand; `may_be_left` says
    that nobody waits for the job.
    """

    incident: Incident
    job: Job
    case: Case
    spec: ServiceSpec | None
    tries: list[Try]
    others: list[Incident]

    @property
    def cause(self) -> Cause:
        return Cause(self.job.service, error_class(self.incident.cause))

    @property
    def is_open(self) -> bool:
        return self.incident.resolved_at is None

    @property
    def results(self) -> tuple[ByHand, ...]:
        return self.spec.by_hand if self.spec else ()

    @property
    def may_be_left(self) -> bool:
        return self.job.task_id is None


def report(store: Store, tx: Session, incident_id: str) -> Report:
    """Gone when there is none."""
    incident = tx.get(Incident, incident_id)
    if incident is None:
        raise Gone
    job = tx.get_one(Job, incident.job_id)
    same = select(Incident).where(Incident.job_id == job.id, Incident.id != incident.id).order_by(Incident.at)
    case = tx.get_one(Case, incident.case_id)
    spec = store.services.get(job.service)
    return Report(incident, job, case, spec, tries_of(tx, job.id), list(tx.scalars(same)))
