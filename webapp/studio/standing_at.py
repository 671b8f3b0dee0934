"""The cases that stand at one step, page by page: number, version, branch, since when, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy import ColumnElement, select

from engine.bundles import Bundle
from engine.bundles.versions import Version, versions
from engine.cases.status import is_claimed
from engine.tables import Case, Task
from webapp.desk.queue import name_of
from webapp.house import clock, reading, say
from webapp.steps.knowing import branch_name

SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """One case without anything of its customer. `id` leads to its page for whoever is an operator too."""

    id: str
    number: str
    version: int
    branch: str
    round: int
    since: datetime
    holder: str


def listed(bundle: Bundle, step: str, version: Version | None, after: str) -> dict[str, object]:
    """What the page shows; 404 for a step that neither this version nor a waiting case has."""
    found = _rows(bundle.business.id, step, version, after)
    names = {one.id: one.name for one in bundle.steps}
    if step not in names and not found:
        abort(404)
    numbers = {one.hash: one.number for one in reversed(versions(reading(), bundle.business.id, clock().now()))}
    rows = [_row(task, case, numbers) for task, case in found[:SHOWN]]
    more = found[SHOWN - 1][0].id if len(found) > SHOWN else ""
    name = say(bundle, names.get(step, step))
    return {"bundle": bundle, "step": step, "name": name, "version": version, "rows": rows, "more": more}


def _rows(business: str, step: str, version: Version | None, after: str) -> list[tuple[Task, Case]]:
    mine: list[ColumnElement[bool]] = [
        Case.business == business, Case.number.is_not(None), Task.step == step, Task.closed_at.is_(None),
    ]  # fmt: skip
    if version:
        mine.append(Case.bundle_hash == version.hash)
    if (last := reading().get(Task, after)) is not None:
        later = (Task.opened_at == last.opened_at) & (Task.id > last.id)
        mine.append((Task.opened_at > last.opened_at) | later)
    asked = select(Task, Case).join(Case, Case.id == Task.case_id).where(*mine)
    return [(task, case) for task, case in reading().execute(asked.order_by(Task.opened_at, Task.id).limit(SHOWN + 1))]


def _row(task: Task, case: Case, numbers: dict[str, int]) -> Standing:
    holder = name_of(task.claimed_by) if task.claimed_by and is_claimed(task, clock().now()) else ""
    return Standing(
        case.id, case.number or "", numbers.get(case.bundle_hash, 0), branch_name(case.branch_id), task.round,
        task.opened_at, holder,
    )  # fmt: skip
