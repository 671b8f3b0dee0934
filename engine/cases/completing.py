"""Completing a task: at most once, by whom it belongs to, with all that follows in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from engine import rows
from engine.cases import access, asking, starting, submissions
from engine.cases.given import check_facts
from engine.cases.holding import Held, holding_row, known_to, must_be_open
from engine.cases.inbox import Closing
from engine.cases.intentions import Advanced, Completion, Scalar
from engine.cases.submissions import Intention
from engine.diagrams.told import REJECTED
from engine.interpreter.facts import merged
from engine.prepared import Constant
from engine.store import Store
from engine.tables import Draft, Rejection, Task

Also = Callable[[Session], None]
_said_by: dict[tuple[str, str], tuple[str, ...]] = {}
"""The facts that a form of a version may say; a version never changes."""
_RESOLVE = Constant(
    update(rows.of(Rejection))
    .where(
        Rejection.case_id == bindparam("of_case"),
        Rejection.step == bindparam("of_step"),
        Rejection.resolved_at.is_(None),
    )
    .values(resolved_at=bindparam("now"))
)
_DROP_DRAFT = Constant(
    delete(rows.of(Draft)).where(
        Draft.case_id == bindparam("of_case"), Draft.step == bindparam("of_step"), Draft.by == bindparam("of")
    )
)


def complete(store: Store, completion: Completion, also: Also | None = None) -> Advanced:
    """Complete one open task. The same submission again gets the same answer and changes nothing.

    `also` writes what belongs to the same intention (consents, a signature): in this transaction or not at all.
    Raises Gone, NotYours, Stale, Claimed, NotClaimed, Pending, Reused, Conflict, NoRoom; ValueError for facts or
    reasons that the bundle does not know.
    """
    return store.unit(lambda tx: _complete(store, tx, completion, also))


def _complete(store: Store, tx: Session, completion: Completion, also: Also | None) -> Advanced:
    held, task = holding_row(store, tx, completion.task_id)
    access.check_task(held, task, completion.actor)
    intention = _intention(completion)
    before = submissions.replayed(held, intention)
    if before is not None:
        return before
    must_be_open(task)
    access.check_claim(task, completion.actor, held.now)
    if also is not None:
        also(tx)
    return _accept(held, task, completion, intention)


def _accept(held: Held, task: Task, completion: Completion, intention: Intention) -> Advanced:
    actor = completion.actor
    facts = _facts(held, task, completion)
    held.run.complete(task.id, facts)
    _resolve(held, task.step)
    if not completion.rejections and task.role != access.INVESTOR:
        _must_not_pass_by(held, task)
    if actor.kind == access.INVESTOR:
        held.touched()
        starting.start(held)
    how = "reject" if completion.rejections else "submit"
    body = {"task": task.id, "step": task.step, "round": task.round, "submission": intention.id, "facts": facts}
    reasons = {"reasons": [rejection.reason for rejection in completion.rejections]} if completion.rejections else {}
    if completion.rejections and not facts["rejection.final"]:
        _tell_of_rejection(held, task)
    came = held.settle(actor, how, {**body, **reasons}, Closing(how, actor.id, task.id))
    submissions.keep(held, intention, task.step, task.round, completion.answers, came)
    _drop_draft(held, task.step, actor.id)
    return came


def _must_not_pass_by(held: Held, task: Task) -> None:
    """A desk that neither passes nor names a reason would be sent round the chain, and past its own door, unasked."""
    drawn = held.bundle.drawing.flows
    process = held.bundle.step(task.step).process
    doors = {flow.source for flow in drawn if flow.process == process and flow.target == task.step}
    if any(flow.process == process and flow.source in doors for flow in held.run.flows):
        raise ValueError(f"{task.step} was decided without a reason, and the flow goes round past it")


def _facts(held: Held, task: Task, completion: Completion) -> dict[str, Scalar]:
    """The given facts, with the engine's own: what is done, what is asked again."""
    check_facts(held.bundle, completion.facts)
    facts: dict[str, Scalar] = {**_unsaid(held, task), **completion.facts, "back": False}
    if task.role != access.INVESTOR:
        facts["rejection.final"] = False
    if not completion.rejections:
        return facts | asking.done(task.step)
    if task.role == access.INVESTOR:
        raise ValueError("only a desk rejects")
    return facts | _rejected(held, task, completion)


def _unsaid(held: Held, task: Task) -> dict[str, Scalar]:
    """What this step's form may say and does not say now is unset, whatever it said in an earlier round."""
    name = held.bundle.hash, held.bundle.step(task.step).form
    if name not in _said_by:
        form = held.bundle.forms.get(name[1])
        _said_by[name] = () if form is None else tuple(known_to(held.store).form_facts(form))
    return dict.fromkeys(_said_by[name])


def _rejected(held: Held, task: Task, completion: Completion) -> dict[str, Scalar]:
    """The desk keeps its own `todo`, so that the flow comes back to it."""
    reasons = asking.reasons_of(held.bundle, task.step, completion.rejections)
    asking.write_rejections(held, task, completion.rejections, reasons, completion.actor.id)
    asked = asking.asked_by(held.bundle, reasons, merged(held.run.facts, completion.facts))
    return asking.todo(sorted(asked)) | {"rejection.final": any(reason.final for reason in reasons)}


def _tell_of_rejection(held: Held, task: Task) -> None:
    notice = held.bundle.step(task.step).properties.get(REJECTED)
    if notice is not None:
        held.tell(notice)


def _resolve(held: Held, step: str) -> None:
    """A step that was asked again is answered."""
    rows.write(held.tx, _RESOLVE, {"of_case": held.case.id, "of_step": step, "now": held.now})


def _drop_draft(held: Held, step: str, by: str) -> None:
    rows.write(held.tx, _DROP_DRAFT, {"of_case": held.case.id, "of_step": step, "of": by})


def _intention(completion: Completion) -> Intention:
    content = {
        "answers": dict(completion.answers),
        "facts": dict(completion.facts),
        "rejections": [asdict(rejection) for rejection in completion.rejections],
    }
    return Intention(completion.submission_id, completion.task_id, completion.kind, completion.actor, content)
