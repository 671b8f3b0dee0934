"""What becomes of a customer's booking for his video call, told to his phone in the same transaction.

The step that books says in the diagram which notices these are (`smsBooked` and so on).
"""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session

from engine import appointments, company
from engine.cases import telling
from engine.cases.holding import pinned
from engine.diagrams import told
from engine.store import Store
from engine.tables import Appointment, Case

STANDS, OVER = "booked", "over"
"""What a text knows of its booking: one that must still stand when it is sent, or one that is over."""


def book(store: Store, tx: Session, case: Case, half_id: str) -> Appointment:
    """Book a half day, or change to it; raises as `appointments.book`."""
    now = store.clock.now()
    before = appointments.active(tx, case.id, now)
    row = appointments.book(tx, company.load(tx), case, half_id, now, store.ids)
    if before is None or before.id != row.id:
        _tell(store, tx, case, told.BOOKED if before is None else told.CHANGED, **{STANDS: row.id})
    return row


def cancel(store: Store, tx: Session, case: Case) -> None:
    """Give the booking back; nothing is told where there was none any more."""
    row = appointments.close(tx, case.id, appointments.CANCELLED, store.clock.now())
    if row is not None and row.closed_how == appointments.CANCELLED:
        _tell(store, tx, case, told.CANCELLED, **{OVER: row.id})


def close_missed(store: Store) -> int:
    """Close what is over and tell who missed it; how many were closed. Who still stands in line keeps his."""
    return store.unit(lambda tx: _close_missed(store, tx))


def _close_missed(store: Store, tx: Session) -> int:
    closed = appointments.close_over(tx, store.clock.now())
    for row in closed:
        if row.closed_how == appointments.MISSED:
            _tell(store, tx, tx.get_one(Case, row.case_id), told.MISSED, **{OVER: row.id})
    return len(closed)


def remind(store: Store) -> int:
    """Tell those whose half day is near, the evening before and an hour before; how many were told."""
    with store.read() as tx:
        near = [row.id for row in appointments.to_remind(tx, store.clock.now())]
    return sum(store.unit(partial(_remind, store, booking)) for booking in near)


def _remind(store: Store, booking: str, tx: Session) -> bool:
    """One of them, in the transaction that notes it: whoever changed or cancelled meanwhile is not told."""
    row = tx.get(Appointment, booking, with_for_update=True, populate_existing=True)
    if row is None or row.closed_at is not None or row not in appointments.to_remind(tx, store.clock.now()):
        return False
    row.reminded_at = store.clock.now()
    _tell(store, tx, tx.get_one(Case, row.case_id), told.REMINDER, **{STANDS: row.id})
    return True


def _tell(store: Store, tx: Session, case: Case, what: str, **about: str) -> None:
    notice = telling.named(pinned(store, tx, case), what)
    if notice is not None:
        tx.add(telling.text(store, case.id, notice, store.clock.now(), **about))
