"""An operator's repair: a case is put back on a step that it has been at, with what the business repeats after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access, asking
from engine.cases.holding import Held, holding
from engine.cases.inbox import LIVE, Closing
from engine.cases.intentions import Advanced, Scalar
from engine.errors import Gone, NotYours, Stale
from engine.interpreter import CannotMove
from engine.store import Store
from engine.tables import Case, Job, Task

MOVED = "moved"


@dataclass(frozen=True)
class Move:
    """What a move would do: the open steps, by name and round, that it closes, and the steps that it asks again."""

    case_id: str
    step: str
    closes: tuple[tuple[str, int], ...]
    asks: tuple[str, ...]


def foresee(store: Store, tx: Session, case_id: str, step: str) -> Move:
    """What `move` would do now, changing nothing; the same refusals."""
    case = tx.get(Case, case_id)
    if case is None:
        raise Gone
    return _judged(Held(store, tx, case, store.clock.now()), step)


def move(store: Store, found: Move, actor: Actor, note: str) -> Advanced:
    """Put the case on the step, as it was foreseen. The note says why; it stays, open, in the audit of the case.

    Never forward: only to a step that was open in this case before, so that nothing is passed by. What a case then
    needs to come to its end (a signature over what it holds, the desks) is asked for as ever. Raises Gone; Stale when
    the case has ended or has gone on since; NotYours, with the cause, when it cannot be moved there.
    """
    if not note.strip():
        raise ValueError("a move needs a note")
    return store.unit(lambda tx: _move(holding(store, tx, found.case_id), found, actor, note.strip()))


def _move(held: Held, found: Move, actor: Actor, note: str) -> Advanced:
    if _judged(held, found.step) != found:
        raise Stale(found.case_id, None, None, "it has gone on")
    facts: dict[str, Scalar] = {**asking.todo(list(found.asks)), "back": False, "rejection.final": False}
    try:
        held.run.move(found.step, facts)
    except CannotMove as wrong:
        raise NotYours(str(wrong)) from wrong
    held.touched()
    body = {"step": found.step, "closes": list(found.closes), "asks": list(found.asks), "note": note}
    return held.settle(actor, "move", body, Closing(MOVED, actor.id))


def _judged(held: Held, step: str) -> Move:
    case = held.case
    if case.ended_at is not None:
        raise Stale(case.id, None, case.ended_at, "ended")
    if step not in {each.id for each in held.bundle.steps}:
        raise NotYours(f"{step} is no step of this business")
    tasks = held.tx.scalars(select(Task).where(Task.case_id == case.id).order_by(Task.opened_at, Task.id)).all()
    closes = tuple((task.step, task.round) for task in tasks if task.closed_at is None)
    if [name for name, _ in closes] == [step]:
        raise NotYours(f"{step} is open already")
    if step not in {task.step for task in tasks}:
        raise NotYours(f"the case has not been at {step} yet, and nothing is passed by")
    if _works(held):
        raise NotYours("a job of the case is under way or needs somebody: settle that first (kaihu incident)")
    order = [each.id for each in held.bundle.steps]
    asks = {step, *_desk_again(held, tasks, step)} | asking.repeated(held.bundle, step, held.run.facts)
    return Move(case.id, step, closes, tuple(sorted(asks, key=order.index)))


def _desk_again(held: Held, tasks: Sequence[Task], step: str) -> list[str]:
    """An open desk keeps its own `todo`. Where all have passed the case on, the last of them has to look again."""
    if not held.run.has_left(step):
        return []
    root = held.bundle.business.process
    drawn = [task for task in tasks if held.bundle.has_step(task.step)]
    passed = [task for task in drawn if task.role != access.INVESTOR and task.closed_how == "submit"]
    inside = [task.step for task in passed if held.bundle.step(task.step).process != root]
    return inside[-1:]


def _works(held: Held) -> bool:
    mine = select(Job.id).where(Job.case_id == held.case.id, Job.task_id.is_not(None), Job.status.in_(LIVE))
    return held.tx.scalar(mine.limit(1)) is not None
