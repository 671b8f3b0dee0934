"""The queue of a desk: what waits, who has what and since when, what is overdue; of customers a masked name only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine import video_queue
from engine.cases import queue
from engine.cases.status import is_claimed
from engine.claims import other_before
from engine.tables import Case, Staff, Task
from forms.rules import masking
from webapp.access import current_staff
from webapp.house import bundle_of, clock, house, reading, say


@dataclass(frozen=True)
class Row:
    """One task of the queue. `holder` is empty while nobody has it.

    `place` is that of a customer in line, from 1; 0 for papers. A reason is needed where a colleague's claim ran out
    (`left_by`) or the task is kept for a colleague (`kept_for`).
    """

    id: str
    step: str
    business: str
    number: str
    customer: str
    round: int
    since: datetime
    due: datetime | None
    overdue: bool
    holder: str
    held_since: datetime | None
    mine: bool
    left_by: str
    kept_for: str
    kept_until: datetime | None
    place: int
    booked: bool
    absent: bool


def rows() -> list[Row]:
    """Customers in line as they will be called, then by what is due first. A claim of papers moves no row."""
    member = current_staff()
    line = video_queue.line(reading(), member.branch_id, clock().now())
    places = {place.task_id: (number, place) for number, place in enumerate(line, start=1)}
    found = [row_of(task, places.get(task.id)) for task in queue(reading(), member.roles, member.branch_id)]
    return sorted(found, key=lambda row: (not row.place, row.place, row.due or row.since, row.since, row.id))


def row_of(task: Task, in_line: tuple[int, video_queue.Place] | None = None) -> Row:
    case, now = reading().get_one(Case, task.case_id), clock().now()
    bundle = bundle_of(case)
    held = is_claimed(task, now)
    left = task.claimed_by if not held and task.claimed_by != current_staff().id else None
    kept = other_before(task, current_staff().id, now) if not held and not left else None
    return Row(
        id=task.id,
        step=say(bundle, bundle.step(task.step).name),
        business=say(bundle, bundle.business.name),
        number=case.number or "",
        customer=masking.name(house().accounts.person(case.customer_id).name),
        round=task.round,
        since=task.opened_at,
        due=task.due_at,
        overdue=task.due_at is not None and task.due_at < now,
        holder=name_of(task.claimed_by) if held else "",
        held_since=task.claimed_at if held else None,
        mine=held and task.claimed_by == current_staff().id,
        left_by=name_of(left),
        kept_for=name_of(kept[0]) if kept else "",
        kept_until=kept[1] if kept else None,
        place=in_line[0] if in_line else 0,
        booked=in_line is not None and in_line[1].booked,
        absent=in_line is not None and in_line[1].absent and not held,
    )


def name_of(staff_id: str | None) -> str:
    """Who somebody of the staff is; the id itself when he is on no list."""
    member = reading().get(Staff, staff_id) if staff_id else None
    return member.name if member else staff_id or ""
