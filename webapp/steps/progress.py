"""The step list: the milestones of the business as this case has passed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.bundles import Milestone
from engine.cases import facts_of, open_tasks
from engine.tables import Case, Task
from webapp.house import bundle_of, reading, say, store

State = Literal["done", "again", "now", "skipped", "coming"]


@dataclass(frozen=True)
class Stage:
    """One milestone for the step list."""

    name: str
    state: State


def stages(case: Case) -> list[Stage]:
    """Done, to be done again, now, not needed, or to come, in the order of the business."""
    bundle = bundle_of(case)
    now = _now(case)
    done, again = _done(case), _again(case)
    reached = next((i for i, one in enumerate(bundle.business.milestones) if now & set(one.steps)), None)
    return [
        Stage(say(bundle, one.name), _state(one, index, reached, now, done, again))
        for index, one in enumerate(bundle.business.milestones)
    ]


def current(all_stages: list[Stage]) -> int | None:
    """The number of the stage where the case stands, counted from 1."""
    return next((number for number, stage in enumerate(all_stages, 1) if stage.state == "now"), None)


def _state(one: Milestone, index: int, reached: int | None, now: set[str], done: set[str], again: set[str]) -> State:
    if now & set(one.steps):
        return "now"
    if again & done & set(one.steps):
        return "again"
    if done & set(one.steps):
        return "done"
    return "skipped" if reached is not None and index < reached else "coming"


def _now(case: Case) -> set[str]:
    """The open steps; while only the system works, the step that was done last."""
    if case.ended_at is not None:
        return set()
    opened = {task.step for task in open_tasks(reading(), case.id)}
    last = select(Task.step).where(Task.case_id == case.id, Task.closed_at.is_not(None))
    return opened or set(reading().scalars(last.order_by(Task.closed_at.desc()).limit(1)))


def _done(case: Case) -> set[str]:
    closed = select(Task.step).where(Task.case_id == case.id, Task.closed_how == "submit")
    return set(reading().scalars(closed))


def _again(case: Case) -> set[str]:
    if case.ended_at is not None:
        return set()
    facts = facts_of(store(), reading(), case).get("again", {})
    return {step for step, asked in facts.items() if asked is True}
