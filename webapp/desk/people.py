"""The colleagues of a branch: how much each holds and has done, and who may be given a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select

from engine import presence, reassigning
from engine.cases.four_eyes import DONE, forbidden_by
from engine.clock import SHANGHAI
from engine.presence import OFFLINE, Present
from engine.tables import Case, Staff, Task
from engine.tables.task import DONE_AT_A_DESK
from webapp.access import DESK_ROLES, current_staff
from webapp.desk.presence import VERIFIER
from webapp.desk.waiting import Item
from webapp.house import bundle_of, clock, reading, say


@dataclass(frozen=True)
class Load:
    """One colleague: what he holds at this moment, and how many tasks he has completed today.

    `presence` is whether a verifier takes calls, since `since`; None of those who are no verifiers.
    """

    name: str
    held: int
    done: int
    presence: str | None
    since: datetime | None


@dataclass(frozen=True)
class Candidate:
    """Somebody of the task's role. `forbidden` names the step that he did and that keeps him from this one."""

    id: str
    name: str
    forbidden: str
    has_it: bool


def loads(items: Iterable[Item]) -> list[Load]:
    """Everybody of the branch who serves a desk, by name."""
    held = Counter(item.task.claimed_by for item in items if item.is_held)
    done = _done_today()
    here = select(Staff).where(Staff.branch_id == current_staff().branch_id, Staff.locked_at.is_(None))
    at_desks = (row for row in reading().scalars(here.order_by(Staff.name)) if DESK_ROLES.intersection(row.roles))
    there = presence.of_branch(reading(), current_staff().branch_id, clock().now())
    return [_load(row, held[row.id], done[row.id], there.get(row.id)) for row in at_desks]


def _load(row: Staff, held: int, done: int, there: Present | None) -> Load:
    if VERIFIER not in row.roles:
        return Load(row.name, held, done, None, None)
    return Load(row.name, held, done, there.state if there else OFFLINE, there.since if there else None)


def _done_today() -> Counter[str | None]:
    today = datetime.combine(clock().now().astimezone(SHANGHAI).date(), time(), SHANGHAI)
    finished = select(Task.closed_by, func.count()).where(
        DONE_AT_A_DESK,
        Task.branch_id == current_staff().branch_id,
        Task.closed_at >= today,
        Task.closed_how.in_(DONE),
    )
    rows = reading().execute(finished.group_by(Task.closed_by))
    return Counter({row[0]: row[1] for row in rows})


def candidates(task: Task, holder: str | None) -> list[Candidate]:
    """Who has the task's role in its branch, with what keeps him from being given it."""
    case = reading().get_one(Case, task.case_id)
    bundle = bundle_of(case)
    found = []
    for row in reassigning.colleagues(reading(), task):
        step = forbidden_by(reading(), bundle, case.id, task.step, row.id)
        name = say(bundle, bundle.step_name(step)) if step else ""
        found.append(Candidate(row.id, row.name, name, row.id == holder))
    return found
