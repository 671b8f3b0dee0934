"""A trial on its way: who began it and when, how far it is, and until when it counts. One at a time in a database.

What is tried has a name, its subject; the row of a subject is a lease that each sign of life prolongs, so that a
process that was killed holds up nobody for longer than that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.bundles.versions import ANALYST
from engine.errors import NotYours, Refused
from engine.store import Store
from engine.tables import TrialRun

QUIET = timedelta(seconds=60)
"""What has said nothing for so long has ended with its process: one scenario plays half of that at most."""


class UnderWay(Refused):
    """This is being tried already."""


class Busy(Refused):
    """Something else is being tried."""


def begin(store: Store, subject: str, by: Actor) -> str:
    """A trial begins; the id of this run. UnderWay, Busy, NotYours."""
    analysts_only(by)

    def work(tx: Session) -> str:
        now = store.clock.now()
        _alone(tx, subject, now)
        row = tx.get(TrialRun, subject) or TrialRun(subject=subject)
        row.id, row.by, row.at, row.beat_at = store.ids.new(), by.id, now, now
        row.done, row.total, row.broken_at = 0, 0, None
        tx.add(row)
        return row.id

    return store.unit(work)


def beat(store: Store, run_id: str, subject: str, done: int, total: int) -> None:
    """So much of so much is tried. A run that another one took the place of says nothing any more."""

    def work(tx: Session) -> None:
        row = tx.get(TrialRun, subject)
        if row is not None and row.id == run_id:
            row.done, row.total, row.beat_at = done, total, store.clock.now()

    store.unit(work)


def broke(store: Store, run_id: str, subject: str) -> None:
    """It has ended without a report."""

    def work(tx: Session) -> None:
        row = tx.get(TrialRun, subject)
        if row is not None and row.id == run_id:
            row.broken_at = store.clock.now()

    store.unit(work)


def over(tx: Session, subject: str) -> None:
    """It has ended with a report, which this transaction keeps."""
    tx.execute(delete(TrialRun).where(TrialRun.subject == subject))


def run_of(tx: Session, subject: str) -> TrialRun | None:
    """The trial of this subject that is on its way, or that broke off."""
    return tx.get(TrialRun, subject)


def is_alive(row: TrialRun, now: datetime) -> bool:
    return row.broken_at is None and now - row.beat_at < QUIET


def analysts_only(by: Actor) -> None:
    if ANALYST not in by.roles:
        raise NotYours("only an analyst tries a version")


def _alone(tx: Session, subject: str, now: datetime) -> None:
    """Two web processes that begin at once must not both find nobody."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(hashtext('trial_runs'))"))
    alive = [row.subject for row in tx.scalars(select(TrialRun)) if is_alive(row, now)]
    if subject in alive:
        raise UnderWay
    if alive:
        raise Busy
