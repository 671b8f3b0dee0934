"""What waits at the desks of a branch, as far as it is listed, filtered and counted: nothing sealed is opened here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from engine import rows, video_queue
from engine.cases.access import INVESTOR
from engine.cases.status import is_claimed
from engine.tables import Case, Task
from webapp.access import current_staff
from webapp.desk.filters import Filter
from webapp.house import bundle_named, clock, reading, say


@dataclass(frozen=True)
class Item:
    """A task that waits, with what its case's row says. `position` is that of a customer who waits in line, from 1."""

    task: Task
    number: str
    business: str
    bundle_hash: str
    customer_id: str
    now: datetime
    place: video_queue.Place | None
    position: int

    @property
    def is_held(self) -> bool:
        return is_claimed(self.task, self.now)

    @property
    def is_overdue(self) -> bool:
        return self.task.due_at is not None and self.task.due_at < self.now

    @property
    def kept_for(self) -> str | None:
        """For whom it is kept while nobody has it."""
        until = self.task.preferred_until
        live = until is not None and self.now < until and not self.is_held
        return self.task.preferred_by if live else None


State = Callable[[Item, str], bool]
_WAITING = (
    select(rows.of(Task), Case.number, Case.business, Case.bundle_hash, Case.customer_id)
    .join(Case, Case.id == Task.case_id)
    .where(Task.closed_at.is_(None))
)

DESK_STATES: Mapping[str, State] = {
    "free": lambda item, me: not item.is_held,
    "mine": lambda item, me: item.is_held and item.task.claimed_by == me,
    "others": lambda item, me: item.is_held and item.task.claimed_by != me,
    "overdue": lambda item, me: item.is_overdue,
    "kept": lambda item, me: item.kept_for == me,
}
BRANCH_STATES: Mapping[str, State] = {
    "free": lambda item, me: not item.is_held,
    "held": lambda item, me: item.is_held,
    "overdue": lambda item, me: item.is_overdue,
    "kept": lambda item, me: item.kept_for is not None,
}


def at_my_desks() -> list[Item]:
    """What waits for the roles of the reader."""
    return _items(Task.role.in_(current_staff().roles))


def in_my_branch() -> list[Item]:
    """What waits at any desk of the reader's branch."""
    return _items(Task.role != INVESTOR)


def _items(of: ColumnElement[bool]) -> list[Item]:
    """Customers in line as they will be called, then by what is due first. A claim of papers moves no row."""
    now, branch = clock().now(), current_staff().branch_id
    places = video_queue.line(reading(), branch, now)
    in_order = {place.task_id: number for number, place in enumerate(places)}
    waiting = (place.task_id for place in places if not place.in_call)
    positions = {task_id: number for number, task_id in enumerate(waiting, start=1)}
    found = []
    rows_found: Iterable[Any] = reading().execute(_WAITING.where(Task.branch_id == branch, of))
    for row in rows_found:
        place = places[in_order[row.id]] if row.id in in_order else None
        case = (row.number or "", row.business, row.bundle_hash, row.customer_id)
        found.append(Item(row, *case, now, place, positions.get(row.id, 0)))
    return sorted(found, key=lambda item: _order(item, in_order))


def _order(item: Item, in_line: Mapping[str, int]) -> tuple[bool, int, datetime, datetime, str]:
    task = item.task
    return (
        task.id not in in_line,
        in_line.get(task.id, 0),
        task.due_at or task.opened_at,
        task.opened_at,
        task.id,
    )


def chosen(items: list[Item], wish: Filter, states: Mapping[str, State]) -> list[Item]:
    """Those that the filter asks for; a state that is none asks for all."""
    state, me = states.get(wish.state), current_staff().id
    return [item for item in of_step(items, wish) if state is None or state(item, me)]


def counts(items: list[Item], wish: Filter, states: Mapping[str, State]) -> dict[str, int]:
    """How many there are in each state, under the other parts of the filter."""
    there, me = of_step(items, wish), current_staff().id
    return {name: sum(state(item, me) for item in there) for name, state in states.items()}


def of_step(items: list[Item], wish: Filter) -> list[Item]:
    """Those of the filter's step and number."""
    return [item for item in items if wish.step in ("", item.task.step) and item.number.endswith(wish.number)]


def steps(items: list[Item]) -> dict[str, str]:
    """The steps that occur, by id, with the names that the diagrams give them."""
    drawn = {item.task.step: bundle_named(item.bundle_hash) for item in items}
    return {step: say(bundle, bundle.step_name(step)) for step, bundle in drawn.items()}
