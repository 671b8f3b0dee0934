"""上一步: the road back that the diagram draws, taken by the investor's button."""

from __future__ import annotations

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


def go_back(store: Store, task_id: str, actor: Actor, submission_id: str) -> Advanced:
    """Leave this step undone and open the one before it; NotYours where the diagram draws no way back."""
    return store.unit(lambda tx: _go_back(store, tx, task_id, actor, submission_id))


def can_go_back(store: Store, tx: Session, task: Task) -> bool:
    """Whether this open task has a way back now."""
    case = tx.get(Case, task.case_id)
    assert case is not None
    bundle = pinned(store, tx, case)
    step = bundle.step(task.step)
    if step.back is None or not step.back_when:
        return step.back is not None
    facts = Run.restore(bundle, case.state, store.clock.now()).facts
    return evaluate(step.back_when, facts, bundle.declared) is True


def _go_back(store: Store, tx: Session, task_id: str, actor: Actor, submission_id: str) -> Advanced:
    held, task = holding_task(store, tx, task_id)
    access.check_task(held, task, actor)
    intention = Intention(submission_id, task_id, "back", actor, {})
    before = submissions.replayed(held, intention)
    if before is not None:
        return before
    must_be_open(task)
    access.check_claim(task, actor, held.now)
    target = _target(held, task)
    return _take(held, task, actor, intention, target)


def _target(held: Held, task: Task) -> str:
    step = held.bundle.step(task.step)
    allowed = not step.back_when or evaluate(step.back_when, held.run.facts, held.bundle.declared) is True
    if step.back is None or not allowed:
        raise NotYours("there is no way back from here")
    return step.back


def _take(held: Held, task: Task, actor: Actor, intention: Intention, target: str) -> Advanced:
    asked = {target} | asking.repeated(held.bundle, target, held.run.facts)
    facts: dict[str, Scalar] = {**asking.todo(sorted(asked)), "back": True}
    held.run.complete(task.id, facts)
    held.touched()
    body = {"task": task.id, "step": task.step, "round": task.round, "submission": intention.id, "facts": facts}
    came = held.settle(actor, "back", body, Closing("back", actor.id, task.id))
    submissions.keep(held, intention, task.step, task.round, {}, came)
    return came
