"""The line of customers who wait for a verifier: one line a branch, in the order in which they will be called.

A page that says nothing for 45 s is away, for 5 minutes has left (its place is kept until then). Who comes before whom
is said in `engine.line_order`. Reading the line is plain SQL on its rows; no case is restored for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from engine import claims, line_events, line_order, presence
from engine.actors import SYSTEM, Actor
from engine.cases import access, send_message, waiting, waits_for
from engine.cases.holding import hold
from engine.cases.status import is_claimed
from engine.claims import NEXT_IN_LINE
from engine.errors import NotYours, Refused, Stale
from engine.line_order import AWAY
from engine.store import Store
from engine.tables import Case, QueuePlace, Staff, Task

LEAVE = waiting.LEAVE
BEAT_AT_MOST = timedelta(seconds=10)
PLACE_KEPT = timedelta(minutes=5)


class InCall(Refused):
    """The verifier has a customer already: `task`."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task


@dataclass(frozen=True)
class Place:
    """One customer in the line. `booked`: he came in his half day. `by` is the verifier of a call."""

    task: Task
    case_id: str
    joined_at: datetime
    seen_at: datetime
    booked: bool
    by: str | None
    absent: bool

    @property
    def task_id(self) -> str:
        return self.task.id

    @property
    def in_call(self) -> bool:
        return self.by is not None


@dataclass(frozen=True)
class Standing:
    """Where somebody is: `total` counts everybody of the branch, himself included; `position` those who wait, from 1.

    `position` is 0 while a verifier talks to him.
    """

    total: int
    position: int
    in_call: bool
    joined_at: datetime
    booked: bool


def line(tx: Session, branch_id: str, now: datetime) -> list[Place]:
    """The branch's line: calls first, then as they will be called."""
    before = line_order.precedence(tx, branch_id, now)
    turn = line_order.turns(branch_id, before, now)
    rows = tx.execute(
        select(QueuePlace, Task)
        .join(Task, Task.id == QueuePlace.task_id)
        .outerjoin(turn, turn.c.task_id == Task.id)
        .where(QueuePlace.branch_id == branch_id, Task.closed_at.is_(None))
        .order_by(func.coalesce(turn.c.turn, 0), *line_order.ARRIVAL)
    )
    return [_place(place, task, task.id in before.booked, now) for place, task in rows]


def standing(tx: Session, case_id: str, now: datetime) -> Standing | None:
    """Where the customer of this case stands; None when he is in no line. The line is counted, not read."""
    place = tx.scalars(select(QueuePlace).where(QueuePlace.case_id == case_id)).first()
    task = tx.get(Task, place.task_id) if place is not None else None
    if place is None or task is None or task.closed_at is not None:
        return None
    before = line_order.precedence(tx, place.branch_id, now)
    turn = line_order.turns(place.branch_id, before, now)
    position = tx.scalar(select(turn.c.turn).where(turn.c.task_id == place.task_id)) or 0
    return Standing(how_many(tx, place.branch_id), position, position == 0, place.joined_at, task.id in before.booked)


def how_many(tx: Session, branch_id: str) -> int:
    """Everybody of the branch who waits or is being talked to (S25)."""
    return tx.scalar(select(func.count()).where(QueuePlace.branch_id == branch_id)) or 0


def beat(store: Store, case_id: str, actor: Actor) -> None:
    """A sign of life of the customer's page; written at most every ten seconds. Gone for another's case."""
    with store.read() as tx:
        row = tx.execute(select(QueuePlace.seen_at, QueuePlace.state).where(QueuePlace.case_id == case_id)).first()
        if row is not None and store.clock.now() - row.seen_at < BEAT_AT_MOST:
            return
        access.check_case(tx.get_one(Case, case_id), actor)
    if row is not None and row.state == line_events.ABSENT:
        store.unit(lambda tx: _comes_back(store, tx, case_id, actor))
    elif row is not None:
        seen = update(QueuePlace).where(QueuePlace.case_id == case_id).values(seen_at=store.clock.now())
        store.unit(lambda tx: tx.execute(seen))


def _comes_back(store: Store, tx: Session, case_id: str, actor: Actor) -> None:
    hold(store, tx, case_id)
    place, now = _of_case(tx, case_id), store.clock.now()
    if place is None:
        return
    place.seen_at = now
    if place.state == line_events.ABSENT:
        line_events.note(tx, place, line_events.CAME_BACK, actor.id, now)


def call_next(store: Store, actor: Actor) -> Task | None:
    """Claim the first of the line whom this verifier may have; None when there is nobody. He is online from now on.

    Of several verifiers who ask at once each gets another customer, and none waits for another: who is being claimed at
    this moment is passed over (SKIP LOCKED on PostgreSQL; on SQLite one claims at a time). A verifier has one call at a
    time: while he has one, that is the answer, however often he asks.
    """

    def work(tx: Session) -> Task | None:
        presence.say(tx, actor, presence.ONLINE, store.clock.now())
        return _held_by(store, tx, actor) or _claim_first(store, tx, actor)

    return store.unit(work)


def _claim_first(store: Store, tx: Session, actor: Actor) -> Task | None:
    """Whom four eyes forbid is left to a colleague, and the one after him is looked at."""
    now, branch = store.clock.now(), actor.branch_id or ""
    before, forbidden = line_order.precedence(tx, branch, now), list[str]()
    while True:
        first = line_order.next_free(branch, before, now, _for(actor, now, forbidden))
        task_id = tx.scalar(first.with_for_update(of=[Task, Case], skip_locked=True))
        if task_id is None:
            return None
        try:
            return claims.take(store, tx, task_id, actor, NEXT_IN_LINE)
        except NotYours:
            forbidden.append(task_id)


def _for(actor: Actor, now: datetime, forbidden: list[str]) -> ColumnElement[bool]:
    """Who is for this verifier: not kept for a colleague, unless a colleague let his claim of him run out."""
    kept = or_(Task.preferred_by.is_(None), Task.preferred_by == actor.id, Task.preferred_until <= now)
    return Task.role.in_(actor.roles) & (kept | Task.claimed_by.is_not(None)) & Task.id.not_in(forbidden)


def call_of(tx: Session, actor: Actor, now: datetime) -> Task | None:
    """The customer in line whom this verifier has called and not yet done with."""
    own = select(Task).join(QueuePlace, QueuePlace.task_id == Task.id)
    his = own.where(Task.closed_at.is_(None), Task.claimed_by == actor.id)
    rows = tx.scalars(his.order_by(Task.claimed_at, Task.case_id, Task.id))
    return next((task for task in rows if is_claimed(task, now)), None)


def call(store: Store, task_id: str, actor: Actor, reason: str = "") -> Task:
    """Claim this very customer of the line, as `engine.claims.claim` does; InCall while one has another."""

    def alone(tx: Session) -> None:
        presence.say(tx, actor, presence.ONLINE, store.clock.now())
        other = _held_by(store, tx, actor)
        if other is not None and other.id != task_id:
            raise InCall(other)

    return claims.claim(store, task_id, actor, reason, alone)


def keep_call(store: Store, actor: Actor) -> None:
    """The page of a verifier is open: he keeps the customer whom he has; nothing happens when he has none."""
    with store.read() as tx:
        task = call_of(tx, actor, store.clock.now())
    if task is not None:
        claims.extend(store, task.id, actor)


def _held_by(store: Store, tx: Session, actor: Actor) -> Task | None:
    """His call. His own row is locked first: two presses of one verifier come one after the other."""
    tx.get(Staff, actor.id, with_for_update={"key_share": True})
    return call_of(tx, actor, store.clock.now())


def drop_absent(store: Store) -> int:
    """Note whose page is away, and let those leave whose page has been silent for five minutes; how many left."""
    now = store.clock.now()
    longest = select(QueuePlace.case_id).order_by(QueuePlace.seen_at, QueuePlace.case_id)
    away = longest.where(QueuePlace.seen_at < now - AWAY, QueuePlace.state == line_events.WAITING)
    with store.read() as tx:
        just_now = list(tx.scalars(away))
        silent = list(tx.scalars(longest.where(QueuePlace.seen_at <= now - PLACE_KEPT)))
    for case_id in just_now:
        store.unit(partial(_note_absent, store, case_id))
    return sum(_drop(store, case_id) for case_id in silent)


def _note_absent(store: Store, case_id: str, tx: Session) -> None:
    held = hold(store, tx, case_id, skip_locked=True)
    place = _of_case(tx, case_id) if held is not None else None
    if place is not None and place.state == line_events.WAITING and place.seen_at < store.clock.now() - AWAY:
        line_events.note(tx, place, line_events.ABSENT, SYSTEM.id, store.clock.now())


def _of_case(tx: Session, case_id: str) -> QueuePlace | None:
    return tx.scalars(select(QueuePlace).where(QueuePlace.case_id == case_id)).first()


def _place(place: QueuePlace, task: Task, booked: bool, now: datetime) -> Place:
    by = task.claimed_by if is_claimed(task, now) else None
    absent = now - place.seen_at > AWAY
    return Place(task, place.case_id, place.joined_at, place.seen_at, booked, by, absent)


def leave(store: Store, case_id: str, actor: Actor) -> None:
    """取消排队; Stale when a verifier has just called, or the customer is in no line any more."""
    _leave(store, case_id, actor, LEAVE)


def book_instead(store: Store, case_id: str, actor: Actor) -> None:
    """预约视频 from the line, which one leaves by it. Where a version draws no such road, it is 取消排队."""
    with store.read() as tx:
        case = tx.get(Case, case_id)
        drawn = case is not None and waits_for(store, tx, case, waiting.BOOK_INSTEAD)
    _leave(store, case_id, actor, waiting.BOOK_INSTEAD if drawn else LEAVE)


def _leave(store: Store, case_id: str, actor: Actor, message: str) -> None:
    uncalled = partial(_uncalled, case_id=case_id, now=store.clock.now())
    send_message(store, case_id, message, actor, only_if=lambda tx: uncalled(tx) is not None)


def _drop(store: Store, case_id: str) -> int:
    """One customer leaves, unless he came back or was called in the meantime."""

    def still_silent(tx: Session) -> bool:
        now = store.clock.now()
        place = _uncalled(tx, case_id, now)
        return place is not None and place.seen_at <= now - PLACE_KEPT

    try:
        send_message(store, case_id, LEAVE, SYSTEM, only_if=still_silent)
    except Stale:
        return 0
    return 1


def _uncalled(tx: Session, case_id: str, now: datetime) -> QueuePlace | None:
    """The place of a customer with whom no verifier talks."""
    mine = select(QueuePlace, Task).join(Task, Task.id == QueuePlace.task_id).where(QueuePlace.case_id == case_id)
    row = tx.execute(mine).first()
    return None if row is None or is_claimed(row[1], now) else row[0]
