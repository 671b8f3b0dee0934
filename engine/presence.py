"""Whether a verifier takes calls: online, on a break, or offline. Busy is who has a call, whatever else he said.

His page says by itself that it is open. One that has been silent for 30 s takes no calls; after five minutes he is
offline until he says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases.status import is_claimed
from engine.store import Store
from engine.tables import Presence, QueuePlace, Task

ONLINE, BUSY, BREAK, OFFLINE = "online", "busy", "break", "offline"
CHOICES = (ONLINE, BREAK, OFFLINE)
"""What one can say; busy is seen."""
BEAT_AT_MOST = timedelta(seconds=10)
SILENT = timedelta(seconds=30)
FORGOTTEN = timedelta(minutes=5)


@dataclass(frozen=True)
class Present:
    """How somebody stands and since when. `said` is his own word, which counts again when his call is over."""

    staff_id: str
    state: str
    since: datetime
    said: str

    @property
    def serves(self) -> bool:
        """Whether he is at the line's service: free, or busy and not about to have a break."""
        return self.state == ONLINE or (self.state == BUSY and self.said == ONLINE)


def switch(store: Store, actor: Actor, state: str) -> None:
    """Say that one is there, has a break, or has gone; saying it again changes nothing."""
    if state not in CHOICES:
        raise ValueError(f"nobody can say that he is {state}")
    store.unit(lambda tx: say(tx, actor, state, store.clock.now()))


def say(tx: Session, actor: Actor, state: str, now: datetime) -> None:
    """The same in the caller's write unit."""
    row = tx.get(Presence, actor.id, with_for_update=True)
    if row is None:
        tx.add(_row(actor, state, now))
        return
    if _standing(row, now) != state or row.branch_id != actor.branch_id:
        row.state, row.since, row.branch_id = state, now, actor.branch_id or ""
    row.seen_at = now


def beat(store: Store, actor: Actor) -> None:
    """A sign of life of a verifier's page; written at most every ten seconds."""
    now = store.clock.now()
    with store.read() as tx:
        row = tx.get(Presence, actor.id)
    if row is None or row.state == OFFLINE or now - row.seen_at < BEAT_AT_MOST:
        return
    seen = update(Presence).where(Presence.staff_id == actor.id)
    gone = {"state": OFFLINE, "since": row.seen_at} if now - row.seen_at > FORGOTTEN else {}
    store.unit(lambda tx: tx.execute(seen.values(seen_at=now, **gone)) and None)


def of_branch(tx: Session, branch_id: str, now: datetime) -> dict[str, Present]:
    """Everybody of the branch who ever said something or has a call now, by his id."""
    rows = {row.staff_id: row for row in tx.scalars(select(Presence).where(Presence.branch_id == branch_id))}
    busy = _in_call(tx, branch_id, now)
    return {who: _present(who, rows.get(who), busy, now) for who in rows.keys() | busy.keys()}


def _present(who: str, row: Presence | None, busy: Mapping[str, datetime], now: datetime) -> Present:
    said = _standing(row, now) if row else OFFLINE
    if who in busy:
        return Present(who, BUSY, busy[who], said)
    assert row is not None
    return Present(who, said, row.since if said == row.state else row.seen_at, said)


def _standing(row: Presence, now: datetime) -> str:
    return OFFLINE if now - row.seen_at > SILENT else row.state


def _in_call(tx: Session, branch_id: str, now: datetime) -> dict[str, datetime]:
    """Since when who has a customer of the line."""
    held = select(Task).join(QueuePlace, QueuePlace.task_id == Task.id).where(Task.claimed_by.is_not(None))
    tasks = tx.scalars(held.where(QueuePlace.branch_id == branch_id, Task.closed_at.is_(None)))
    return {str(task.claimed_by): task.claimed_at for task in tasks if task.claimed_at and is_claimed(task, now)}


def _row(actor: Actor, state: str, now: datetime) -> Presence:
    return Presence(staff_id=actor.id, branch_id=actor.branch_id or "", state=state, since=now, seen_at=now)
