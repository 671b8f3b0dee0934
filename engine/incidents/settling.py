"""Settling an incident without its service: an operator vouches for a result, or lets be what nobody waits for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.errors import Gone, NotYours
from engine.incidents.holding import hold_incident
from engine.outbox import answer, check_results
from engine.services import ByHand, ServiceSpec
from engine.store import Store


def resolve(store: Store, incident_id: str, actor: Actor, result: str, note: str) -> None:
    """Give one of the results that the service declares for this (`application.result=withdrawn`), and say why.

    ValueError without a note, or for a result that may not be given by hand.
    """

    def work(tx: Session) -> None:
        here = hold_incident(store, tx, incident_id, actor)
        spec = store.services.get(here.job.service)
        if spec is None:
            raise Gone("this version has no such service")
        facts = _offered(spec, result).facts
        check_results(spec, facts)
        answer(here.held, here.job, facts, actor, "incident.result", here.settle(actor, "result", note))

    _must_say_why(note)
    store.unit(work)


def leave(store: Store, incident_id: str, actor: Actor, note: str) -> None:
    """Let it be, and say why. NotYours while a case waits for the job: it would stand still unseen."""

    def work(tx: Session) -> None:
        here = hold_incident(store, tx, incident_id, actor)
        held, job = here.held, here.job
        if job.task_id is not None:
            raise NotYours("the case waits for this job")
        job.status, job.ended_at = "discarded", held.now
        body = {"job": job.id, "service": job.service, **here.settle(actor, "left", note)}
        held.write_down(actor, "incident.left", body)

    _must_say_why(note)
    store.unit(work)


def _offered(spec: ServiceSpec, result: str) -> ByHand:
    found = next((each for each in spec.by_hand if each.name == result), None)
    if found is None:
        raise ValueError(f"{spec.name} is not given {result!r} by hand")
    return found


def _must_say_why(note: str) -> None:
    if not note.strip():
        raise ValueError("a note is needed")
