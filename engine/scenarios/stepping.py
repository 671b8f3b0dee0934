"""A step is done as a person does it: claimed where it is a desk's, its form filled in and judged, then completed."""

from __future__ import annotations

from engine import claims
from engine.actors import Actor
from engine.bundles.known import Entry, Filled
from engine.cases import Completion, RejectionInput, complete
from engine.cases.access import INVESTOR
from engine.diagrams.steps import UserTask
from engine.errors import Refused
from engine.feel.said import Words
from engine.scenarios.faults import FAULTS
from engine.scenarios.model import Move, Scenario
from engine.scenarios.sandbox import BRANCH, CUSTOMER
from engine.scenarios.standing import Standing
from engine.scenarios.wrong import Wrong
from engine.store import Store
from engine.tables import Task

CUSTOMER_HIMSELF = Actor("investor", CUSTOMER, CUSTOMER)


def do(scenario: Scenario, move: Move, stands: Standing) -> None:
    """The step of this line; Wrong when it is not open, or when its form or the engine does not take it."""
    task = stands.task(move.step)
    if task is None:
        raise _wrong("step", scenario, move, name=move.step, found=stands.told)
    step = stands.bundle.step(move.step)
    filled = _filled(scenario, move, stands, step, task)
    try:
        _complete(stands.store, stands, step, task, filled)
    except (Refused, ValueError) as refused:
        raise _wrong("refused", scenario, move, name=move.step, why=str(refused)) from refused


def _filled(scenario: Scenario, move: Move, stands: Standing, step: UserTask, task: Task) -> Filled:
    bundle, store = stands.bundle, stands.store
    asked = bundle.questions.drawn(task.id) if bundle.questions else ()
    entry = Entry(
        said=move.said,
        today=store.clock.now().date(),
        given=move.reasons,
        offered={reason.code: reason.final for reason in bundle.reasons if step.id in reason.desks},
        questions=tuple(one.code for one in asked),
    )
    assert store.known is not None
    filled = store.known.form_fill(bundle.forms[step.form], entry, bundle.english)
    for name, why in filled.wrong:
        raise _wrong("form", scenario, move, step=step.id, name=name, why=why)
    return filled


def _complete(store: Store, stands: Standing, step: UserTask, task: Task, filled: Filled) -> None:
    actor = CUSTOMER_HIMSELF if step.role == INVESTOR else _of_desk(step)
    if step.role != INVESTOR:
        claims.claim(store, task.id, actor)
    fields = {reason.code: reason.field for reason in stands.bundle.reasons}
    given = tuple(RejectionInput(code, fields[code], "", "") for code in filled.reasons)
    answers, facts = filled.values, filled.facts
    complete(store, Completion(task.id, actor, store.ids.new(), answers=answers, facts=facts, rejections=given))


def _of_desk(step: UserTask) -> Actor:
    """One person for each step of a desk, so that a second pair of eyes is one."""
    return Actor("staff", step.id, step.id, frozenset({step.role}), BRANCH)


def _wrong(variant: str, scenario: Scenario, move: Move, /, **what: Words) -> Wrong:
    return Wrong(FAULTS.found(f"scenario.play/{variant}", scenario.file, move.step, move.line, **what))
