"""放弃: the customer gives the case up, at any step until the change is applied."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access, submissions
from engine.cases.holding import holding
from engine.cases.messages import deliver
from engine.cases.submissions import Intention
from engine.errors import NotYours
from engine.store import Store

MESSAGE = "abandon"


def abandon(store: Store, case_id: str, actor: Actor, submission_id: str) -> None:
    """End the case as abandoned: claims end, jobs are discarded; Stale when it is too late for that."""
    store.unit(lambda tx: _abandon(store, tx, case_id, actor, submission_id))


def _abandon(store: Store, tx: Session, case_id: str, actor: Actor, submission_id: str) -> None:
    held = holding(store, tx, case_id)
    access.check_case(held.case, actor)
    if actor.kind != access.INVESTOR:
        raise NotYours("only the customer gives his case up")
    intention = Intention(submission_id, "", MESSAGE, actor, {"case": case_id})
    if submissions.replayed(held, intention) is not None:
        return
    came = deliver(held, MESSAGE, actor, {}, {"submission": submission_id}, closed="abandoned")
    submissions.keep(held, intention, "", 0, {}, came)
