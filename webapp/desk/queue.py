"""The queue of a desk: what waits, who has what and since when, what is overdue; of customers a masked name only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine import appointments
from engine.cases.four_eyes import apart_from, done_by
from engine.claims import other_before
from engine.clock import SHANGHAI
from engine.tables import Staff, Task
from forms.rules import masking
from webapp.access import current_staff
from webapp.desk import filters, finding, waiting
from webapp.desk.filters import Filter
from webapp.desk.video_line import patience
from webapp.desk.waiting import BRANCH_STATES, DESK_STATES, Item, State
from webapp.durations import lasting
from webapp.house import bundle_named, clock, house, reading, say
from webapp.language import moment

SHOWN = 50  # a longer list is nobody's to read: it is filtered, or worked off from its top


@dataclass(frozen=True)
class Row:
    """One task of the queue. `holder` is empty while nobody has it.

    `in_line` is a customer who waits for a call or has one, `place` his number among those who wait (0 in a call),
    `waited` for how long and `patience` how that looks (good | warn | bad), `booked` the half of the day that he
    booked. A reason is needed where a colleague's claim ran out (`left_by`) or the task is kept for a colleague
    (`kept_for`); `kept_for_me` says until when it is kept for the reader. `barred_by`
    is the step that the reader did and that leaves this one to somebody else.
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
    lease_until: datetime | None
    mine: bool
    left_by: str
    kept_for: str
    kept_until: str
    kept_for_me: str
    barred_by: str
    in_line: bool
    place: int
    waited: str
    patience: str
    booked: str
    absent: bool


@dataclass(frozen=True)
class Listing:
    """What the list shows. `total` waits, `found` of it fits the filter, of which `rows` are shown.

    `told` says of a 受理单号 that is not in the list where it is instead.
    """

    rows: list[Row]
    total: int
    found: int
    counts: Mapping[str, int]
    steps: Mapping[str, str]
    filter: Filter
    told: list[str]

    @property
    def hidden(self) -> int:
        """How many more fit the filter than are shown."""
        return self.found - len(self.rows)


def listing(here: str = "") -> Listing:
    """The reader's own desks; what is open on the page and what he holds are shown however long the list is."""
    return _listing(waiting.at_my_desks(), DESK_STATES, here)


def branch_listing(items: list[Item]) -> Listing:
    """All desks of the reader's branch, for its supervisor."""
    return _listing(items, BRANCH_STATES, "")


def _listing(items: list[Item], states: Mapping[str, State], here: str) -> Listing:
    wish, me = filters.asked(), current_staff().id
    found = waiting.chosen(items, wish, states)
    shown = found[:SHOWN] + [item for item in found[SHOWN:] if item.task.id == here or _is_mine(item, me)]
    return Listing(
        rows=rows_of(shown),
        total=len(items),
        found=len(found),
        counts=waiting.counts(items, wish, states),
        steps=waiting.steps(items),
        filter=wish,
        told=finding.told(wish.number, items) if wish.number and not found else [],
    )


def rows_of(items: list[Item]) -> list[Row]:
    halves = appointments.running(reading(), current_staff().branch_id, clock().now())
    done = done_by(reading(), current_staff().id, [item.task.case_id for item in items])
    names = house().accounts.names({item.customer_id for item in items})
    return [_row(item, names[item.customer_id], halves.get(item.task.case_id, ""), done) for item in items]


def row_of(task: Task) -> Row | None:
    """The row of one task of the branch; None when it has been closed just now."""
    return next(iter(rows_of([item for item in waiting.in_my_branch() if item.task.id == task.id])), None)


def _row(item: Item, customer: str, half: str, done: Collection[tuple[str, str]]) -> Row:
    task, me, held = item.task, current_staff().id, item.is_held
    bundle = bundle_named(item.bundle_hash)
    left = task.claimed_by if not held and task.claimed_by != me else None
    kept = other_before(task, me, item.now) if not held and not left else None
    return Row(
        id=task.id,
        step=say(bundle, bundle.step_name(task.step)),
        business=say(bundle, bundle.business.name),
        number=item.number,
        customer=masking.name(customer),
        round=task.round,
        since=task.opened_at,
        due=task.due_at,
        overdue=item.is_overdue,
        holder=name_of(task.claimed_by) if held else "",
        held_since=task.claimed_at if held else None,
        lease_until=task.lease_until if held else None,
        mine=_is_mine(item, me),
        left_by=name_of(left),
        kept_for=name_of(kept[0]) if kept else "",
        kept_until=_until(kept[1], item.now) if kept else "",
        kept_for_me=_until(task.preferred_until, item.now) if item.kept_for == me else "",
        barred_by=_barred_by(item, done),
        in_line=item.place is not None,
        place=item.position,
        waited=lasting(item.now - item.place.joined_at) if item.place else "",
        patience=patience(item.now - item.place.joined_at) if item.place else "",
        booked=half if item.place is not None and item.place.booked else "",
        absent=item.place is not None and item.place.absent and not held,
    )


def _barred_by(item: Item, done: Collection[tuple[str, str]]) -> str:
    bundle = bundle_named(item.bundle_hash)
    barring = (step for step in bundle.steps if (item.task.case_id, step.id) in done)
    apart = apart_from(bundle, item.task.step)
    return next((say(bundle, step.name) for step in barring if step.id in apart), "")


def _until(value: datetime | None, now: datetime) -> str:
    """The time, with its day where that is another one than today."""
    said = moment(value)
    return said.removeprefix(f"{now.astimezone(SHANGHAI):%Y-%m-%d} ")


def _is_mine(item: Item, me: str) -> bool:
    return item.is_held and item.task.claimed_by == me


def name_of(staff_id: str | None) -> str:
    """Who somebody of the staff is; the id itself when he is on no list."""
    member = reading().get(Staff, staff_id) if staff_id else None
    return member.name if member else staff_id or ""
