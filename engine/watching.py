"""Who watches a recording is written down: whoever holds the case for his work, a supervisor with a reason of his."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit, remarks
from engine.actors import Actor
from engine.cases.holding import holding_task
from engine.errors import NotYours
from engine.reassigning import SUPERVISOR
from engine.store import Store
from engine.tables import Case, VideoCall

LOOK, WATCH = "look", "watch"


def look(store: Store, call: VideoCall, actor: Actor) -> None:
    """Write down that the holder of a claim in the case opens the recording."""
    chain, body = audit.case_chain(call.case_id), {"call": call.id, "which": "recording"}
    with store.write() as tx:
        audit.record(tx, store.vault, chain, actor.key, LOOK, body, store.clock.now())


def watch(store: Store, call: VideoCall, actor: Actor, reason: str) -> None:
    """Write down that a supervisor of the case's branch opens it without a claim; the reason stays with the case."""

    def work(tx: Session) -> None:
        held, task = holding_task(store, tx, call.task_id)
        if SUPERVISOR not in actor.roles or held.case.branch_id != actor.branch_id:
            raise NotYours("a recording is for the holder of a claim, and for the supervisor of the branch")
        held.write_down(actor, WATCH, {"call": call.id, "comment": remarks.keep(held, task, actor, reason)})

    store.unit(work)


def of_branch(tx: Session, branch_id: str, number: str, limit: int) -> list[tuple[VideoCall, Case]]:
    """The recorded calls of a branch that are over, the newest first; of cases whose number ends so."""
    mine = select(VideoCall, Case).join(Case, Case.id == VideoCall.case_id).where(Case.branch_id == branch_id)
    over = mine.where(VideoCall.ended_at.is_not(None), VideoCall.chunks > 0)
    wanted = over.where(Case.number.endswith(number, autoescape=True)) if number else over
    found = tx.execute(wanted.order_by(VideoCall.began_at.desc(), VideoCall.id).limit(limit))
    return [(call, case) for call, case in found]
