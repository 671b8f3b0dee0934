"""Trying again: the job gets fresh attempts, once it is certain that its answer is still waited for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.errors import Conflict, Gone, NoRoom, Stale
from engine.incidents.holding import hold_incident
from engine.store import Store

Outcome = Literal["retried", "settled", "gone", "busy", "no_room"]


@dataclass(frozen=True)
class Retried:
    """What became of one of many: `settled` says by whom, when and how it was settled before."""

    incident_id: str
    outcome: Outcome
    by: str | None = None
    at: datetime | None = None
    how: str = ""


def retry(store: Store, incident_id: str, actor: Actor, note: str = "") -> None:
    """Send the job again at once, with all its attempts; Stale when the incident is settled or nobody waits any more.

    The numbers of attempts go on: what an earlier attempt still says is told from what a new one says.
    """

    def work(tx: Session) -> None:
        here = hold_incident(store, tx, incident_id, actor)
        job, held, spec = here.job, here.held, store.services.get(here.job.service)
        if spec is None:
            raise Gone("this version has no such service")
        if job.task_id is not None and not here.is_awaited:
            raise Stale(held.case.id, None, None, "moot")
        job.status, job.run_after = "due", held.now
        job.max_attempts = job.attempt + spec.max_attempts
        body = {"job": job.id, "service": job.service, **here.settle(actor, "retry", note)}
        held.write_down(actor, "incident.retry", body)

    store.unit(work)


def retry_all(store: Store, incident_ids: Iterable[str], actor: Actor, note: str = "") -> list[Retried]:
    """Each in a transaction of its own, in this order; one that cannot be sent again stops nobody else."""
    return [_retried(store, each, actor, note) for each in dict.fromkeys(incident_ids)]


def _retried(store: Store, incident_id: str, actor: Actor, note: str) -> Retried:
    try:
        retry(store, incident_id, actor, note)
    except Stale as stale:
        return Retried(incident_id, "settled", stale.closed_by, stale.closed_at, stale.how)
    except Gone:
        return Retried(incident_id, "gone")
    except Conflict:
        return Retried(incident_id, "busy")
    except NoRoom:
        return Retried(incident_id, "no_room")
    return Retried(incident_id, "retried")
