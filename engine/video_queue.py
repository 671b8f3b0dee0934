"""The line of customers who wait for a verifier: one line a branch, in the order in which they will be called.

Times from the reference on video: a page that says nothing for 45 s is away, for 5 minutes has left (its place is kept
until then). Reading the line is plain SQL on its rows; no case is restored for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import claims
from engine.actors import SYSTEM, Actor
from engine.cases import access, send_message
from engine.cases.holding import holding
from engine.cases.status import is_claimed
from engine.claims import NEXT_IN_LINE, other_before
from engine.errors import Claimed, Gone, NeedsReason, NotYours, Refused, Stale
from engine.store import Store
from engine.tables import Appointment, QueuePlace, Staff, Task

LEAVE = "leave_queue"
BEAT_AT_MOST = timedelta(seconds=10)
AWAY = timedelta(seconds=45)
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
    """The branch's line: calls first, then who came in the half day that he booked, then by the time of joining."""
    rows = tx.execute(
        select(QueuePlace, Task, Appointment.id)
        .join(Task, Task.id == QueuePlace.task_id)
        .outerjoin(
            Appointment,
            (Appointment.case_id == QueuePlace.case_id)
            & Appointment.closed_at.is_(None)
            & (Appointment.starts_at <= now)
            & (Appointment.ends_at > QueuePlace.joined_at),
        )
        .where(QueuePlace.branch_id == branch_id, Task.closed_at.is_(None))
    )
    places = [_place(place, task, booked is not None, now) for place, task, booked in rows]
    return sorted(places, key=lambda one: (not one.in_call, not one.booked, one.joined_at, one.task_id))


def standing(tx: Session, case_id: str, now: datetime) -> Standing | None:
    """Where the customer of this case stands; None when he is in no line."""
    branch = tx.scalar(select(QueuePlace.branch_id).where(QueuePlace.case_id == case_id))
    places = line(tx, branch, now) if branch is not None else []
    mine = next((one for one in places if one.case_id == case_id), None)
    if mine is None:
        return None
    waiting = [one for one in places if not one.in_call]
    position = 0 if mine.in_call else waiting.index(mine) + 1
    return Standing(len(places), position, mine.in_call, mine.joined_at, mine.booked)


def beat(store: Store, case_id: str, actor: Actor) -> None:
    """A sign of life of the customer's page; written at most every ten seconds. Gone for another's case."""

    def work(tx: Session) -> None:
        held = holding(store, tx, case_id)
        access.check_case(held.case, actor)
        place = tx.scalars(select(QueuePlace).where(QueuePlace.case_id == case_id)).first()
        if place is not None:
            place.seen_at = held.now

    with store.read() as tx:
        seen = tx.scalar(select(QueuePlace.seen_at).where(QueuePlace.case_id == case_id))
    if seen is None or store.clock.now() - seen >= BEAT_AT_MOST:
        store.unit(work)


def call_next(store: Store, actor: Actor) -> Task | None:
    """Claim the first of the line whom this verifier may have; None when there is nobody.

    Of several verifiers who ask at once each gets another customer. Who is away is called only when nobody else waits.
    A verifier has one call at a time: while he has one, that is the answer, however often he asks.
    """
    with store.read() as tx:
        waiting = [one for one in line(tx, actor.branch_id or "", store.clock.now()) if not one.in_call]
    try:
        for place in sorted(waiting, key=lambda one: one.absent):
            task = _try(store, place, actor)
            if task is not None:
                return task
    except InCall as busy:
        return busy.task
    with store.read() as tx:
        return call_of(tx, actor, store.clock.now())


def call_of(tx: Session, actor: Actor, now: datetime) -> Task | None:
    """The customer in line whom this verifier has called and not yet done with."""
    own = select(Task).join(QueuePlace, QueuePlace.task_id == Task.id)
    rows = tx.scalars(own.where(Task.closed_at.is_(None), Task.claimed_by == actor.id))
    return next((task for task in rows if is_claimed(task, now)), None)


def call(store: Store, task_id: str, actor: Actor, reason: str = "") -> Task:
    """Claim this very customer of the line, as `engine.claims.claim` does; InCall while one has another."""

    def alone(tx: Session) -> None:
        """His own row is locked first: two presses of one verifier come one after the other."""
        tx.get(Staff, actor.id, with_for_update=True)
        other = call_of(tx, actor, store.clock.now())
        if other is not None and other.id != task_id:
            raise InCall(other)

    return claims.claim(store, task_id, actor, reason, alone)


def drop_absent(store: Store) -> int:
    """Let those leave the line whose page has been silent for five minutes; how many left."""
    limit = store.clock.now() - PLACE_KEPT
    with store.read() as tx:
        silent = list(tx.scalars(select(QueuePlace.case_id).where(QueuePlace.seen_at <= limit)))
    return sum(_drop(store, case_id) for case_id in silent)


def _place(place: QueuePlace, task: Task, booked: bool, now: datetime) -> Place:
    by = task.claimed_by if is_claimed(task, now) else None
    absent = now - place.seen_at > AWAY
    return Place(task, place.case_id, place.joined_at, place.seen_at, booked, by, absent)


def _try(store: Store, place: Place, actor: Actor) -> Task | None:
    """This one, if nobody was faster and nobody else comes first."""
    now = store.clock.now()
    lapsed = place.task.claimed_by is not None
    if other_before(place.task, actor.id, now) is not None and not lapsed:
        return None
    try:
        return call(store, place.task_id, actor, NEXT_IN_LINE if lapsed else "")
    except (Claimed, NeedsReason, NotYours, Stale, Gone):
        return None


def leave(store: Store, case_id: str, actor: Actor) -> None:
    """取消排队; Stale when a verifier has just called, or the customer is in no line any more."""
    send_message(store, case_id, LEAVE, actor, only_if=lambda tx: _uncalled(tx, case_id, store.clock.now()) is not None)


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
