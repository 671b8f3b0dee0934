"""上一步: the road back that the diagram draws, taken by the investor's button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access, asking, submissions
from engine.cases.holding import Held, holding_task, must_be_open, pinned
from engine.cases.inbox import Closing
from engine.cases.intentions import Advanced, Scalar
from engine.cases.submissions import Intention
from engine.errors import NotYours
from engine.feel.evaluator import evaluate
from engine.interpreter import Run
from engine.store import Store
from engine.tables import Case, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle


def go_back(store: Store, task_id: str, actor: Actor, submission_id: str, to: str | None = None) -> Advanced:
    """Leave this step undone and open the one before it; NotYours where the diagram draws no way back.

    With `to`, 上一步 is pressed until that step is open: one intention, and every road on the way is a drawn one.
    """
    return store.unit(lambda tx: _go_back(store, tx, task_id, actor, submission_id, to))


def ways_back(store: Store, tx: Session, task: Task) -> tuple[str, ...]:
    """The steps to which 上一步 leads from this open task, pressed once or more; the nearest first."""
    case = tx.get(Case, task.case_id)
    assert case is not None
    bundle = pinned(store, tx, case)
    if bundle.step(task.step).back is None:
        return ()
    facts = Run.restore(bundle, case.state, store.clock.now()).facts
    return tuple(_road(bundle, task.step, facts))


def _road(bundle: Bundle, step: str, facts: Mapping[str, Any]) -> Iterator[str]:
    seen = {step}
    behind = _behind(bundle, step, facts)
    while behind is not None and behind not in seen:
        yield behind
        seen.add(behind)
        behind = _behind(bundle, behind, facts)


def _behind(bundle: Bundle, step: str, facts: Mapping[str, Any]) -> str | None:
    """Where 上一步 leads from a step; None where it is not offered now."""
    drawn = bundle.step(step)
    allowed = not drawn.back_when or evaluate(drawn.back_when, facts, bundle.declared) is True
    return drawn.back if allowed else None


def _go_back(store: Store, tx: Session, task_id: str, actor: Actor, submission_id: str, to: str | None) -> Advanced:
    held, task = holding_task(store, tx, task_id)
    access.check_task(held, task, actor)
    intention = Intention(submission_id, task_id, "back", actor, {"to": to} if to else {})
    before = submissions.replayed(held, intention)
    if before is not None:
        return before
    must_be_open(task)
    access.check_claim(task, actor, held.now)
    came = _take(held, task, actor, submission_id, _targets(held, task, to))
    submissions.keep(held, intention, task.step, task.round, {}, came)
    return came


def _targets(held: Held, task: Task, to: str | None) -> list[str]:
    """The steps to be opened one after the other."""
    road = list(_road(held.bundle, task.step, held.run.facts))
    if not road or (to is not None and to not in road):
        raise NotYours("there is no way back from here")
    return road[: road.index(to) + 1] if to else road[:1]


def _take(held: Held, task: Task | None, actor: Actor, submission: str, targets: list[str]) -> Advanced:
    """The roads back, one after the other; it ends early where something else has to be done first."""
    assert task is not None
    came = _take_one(held, task, actor, submission, targets[0])
    there = _open_task(held, targets[0])
    further = there is not None and len(targets) > 1
    return _take(held, there, actor, submission, targets[1:]) if further else came


def _take_one(held: Held, task: Task, actor: Actor, submission: str, target: str) -> Advanced:
    asked = {target} | asking.repeated(held.bundle, target, held.run.facts)
    facts: dict[str, Scalar] = {**asking.todo(sorted(asked)), "back": True}
    held.run.complete(task.id, facts)
    held.touched()
    body = {"task": task.id, "step": task.step, "round": task.round, "submission": submission, "facts": facts}
    return held.settle(actor, "back", body, Closing("back", actor.id, task.id))


def _open_task(held: Held, step: str) -> Task | None:
    mine = select(Task).where(Task.case_id == held.case.id, Task.step == step, Task.closed_at.is_(None))
    return held.tx.scalars(mine).first()
