"""What a case has in rows goes along to another version: its open tasks, and what is kept under a step's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from engine.cases import waiting
from engine.cases.holding import Held
from engine.tables import Draft, Rejection, Submission, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle
    from engine.diagrams.steps import UserTask

_BY_STEP = (Task.step, Submission.step, Draft.step, Rejection.step, Rejection.desk)
"""Where the name of a step stands. The audit keeps the names that were true when it was written."""


def carry(held: Held, source: Bundle, target: Bundle, names: Mapping[str, str]) -> dict[str, object]:
    """Rename steps everywhere in the case, and let its open tasks be what its process says. Answers with what was."""
    rename(held, names)
    opened = {step.id: step.step for step in held.run.steps}
    changed = []
    for task in held.tx.scalars(select(Task).where(Task.case_id == held.case.id, Task.closed_at.is_(None))):
        old = next((before for before, now in names.items() if now == task.step), task.step)
        if task.id in opened:
            was = [task.id, task.step, task.role, task.round]
            become(held, task, source.step(old), target.step(opened[task.id]))
            changed += [was] if was != [task.id, task.step, task.role, task.round] else []
    held.tx.flush()
    return {**({"renamed": dict(names)} if names else {}), **({"tasks": changed} if changed else {})}


def rename(held: Held, names: Mapping[str, str]) -> None:
    """Let what is kept under these steps' names be found under the others."""
    held.tx.flush()
    for old, new in names.items():
        for column in _BY_STEP:
            table = column.class_
            mine = update(table).where(table.case_id == held.case.id, column == old)
            held.tx.execute(mine.values({column: new}), execution_options={"synchronize_session": False})
    held.tx.expire_all()
    held.tx.refresh(held.case)


def become(held: Held, task: Task, before: UserTask, step: UserTask, number: int | None = None) -> None:
    """The open task is one of this step from now on; who else does it has to claim it anew."""
    if waiting.is_queue(before) and not waiting.is_queue(step):
        waiting.leave(held.tx, task.id, "migrate", None, held.now)
    if task.step != step.id:
        task.round = number or _next_round(held, step.id)
        task.step = step.id
    if task.role != step.role:
        task.role = step.role
        task.claimed_by = task.claimed_at = task.lease_until = task.preferred_by = task.preferred_until = None
    held.tx.flush()
    if waiting.is_queue(step) and not waiting.is_queue(before):
        waiting.join(held.tx, task.id, held.case, held.now)


def _next_round(held: Held, step: str) -> int:
    mine = select(func.max(Task.round)).where(Task.case_id == held.case.id, Task.step == step)
    return (held.tx.scalar(mine) or 0) + 1
