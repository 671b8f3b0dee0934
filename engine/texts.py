"""Texts that belong to no case (sign-in codes), on their way to a phone: sealed, sent at least once, never too late.

A row is written in the transaction that makes what the text tells. Its id is the key under which the gateway sends it
once; the queue server and the logs see that id and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.outbox import SentJob, pause
from engine.store import Store
from engine.tables import OutgoingText

PHONE, TEXT = "outgoing_texts.phone", "outgoing_texts.text"
DUE, SENT, FAILED, NOBODY = "due", "sent", "failed", "nobody"
LEASE = timedelta(seconds=30)
_IS_DUE = (OutgoingText.status == DUE) & (OutgoingText.run_after <= bindparam("now"))
_ANY = select(OutgoingText.id).where(_IS_DUE).limit(1)
"""Built once: the relay asks this five times a second, and to build it anew would cost twice what asking does."""


@dataclass(frozen=True)
class Outgoing:
    """A text that is to be sent now."""

    phone: str
    text: str


def write_down(store: Store, tx: Session, id: str, phone: str | None, text: str, expires_at: datetime) -> None:
    """Write a text down in the caller's transaction. Without a phone the same row is written, and never sent."""
    now = store.clock.now()
    tx.add(
        OutgoingText(
            id=id,
            phone=store.vault.seal(PHONE, phone or ""),
            text=store.vault.seal(TEXT, text),
            status=NOBODY if phone is None else DUE,
            attempt=0,
            run_after=now,
            created_at=now,
            expires_at=expires_at,
        )
    )


def due(store: Store, limit: int = 50) -> list[SentJob]:
    """Lease what is due, and what was leased and not sent in its lease; what is too old is given up."""
    with store.read() as tx:
        if not any_due(tx, store.clock.now()):
            return []
    return store.unit(lambda tx: _lease(store, tx, limit))


def any_due(tx: Session, now: datetime) -> bool:
    return tx.scalar(_ANY, {"now": now}) is not None


def to_send(store: Store, id: str, attempt: int) -> Outgoing | None:
    """What the holder of this attempt is to send; None when it is not wanted any more, or is too old by now."""
    with store.read() as tx:
        row = tx.get(OutgoingText, id)
    if row is None or row.status != DUE or row.attempt != attempt or row.expires_at <= store.clock.now():
        return None
    return Outgoing(store.vault.open(PHONE, row.phone), store.vault.open(TEXT, row.text))


def sent(store: Store, id: str) -> None:
    """The gateway has taken it, whichever attempt that was."""
    store.unit(lambda tx: _end(tx.get_one(OutgoingText, id, with_for_update=True), SENT, store.clock.now()))


def failed(store: Store, id: str, attempt: int) -> None:
    """The gateway has not taken it: try again a little later."""

    def work(tx: Session) -> None:
        row = tx.get_one(OutgoingText, id, with_for_update=True)
        if row.status == DUE and row.attempt == attempt:
            row.run_after = store.clock.now() + pause(id, attempt, attempt)

    store.unit(work)


def _lease(store: Store, tx: Session, limit: int) -> list[SentJob]:
    now = store.clock.now()
    wanted = select(OutgoingText).where(_IS_DUE).order_by(OutgoingText.run_after, OutgoingText.id).limit(limit)
    leased: list[SentJob] = []
    for row in tx.scalars(wanted.with_for_update(skip_locked=True), {"now": now}):
        if row.expires_at <= now:
            _end(row, FAILED, now)
        else:
            row.attempt, row.run_after = row.attempt + 1, now + LEASE
            leased.append(SentJob(row.id, row.attempt, "text", int(LEASE.total_seconds())))
    return leased


def _end(row: OutgoingText, status: str, now: datetime) -> None:
    """What is over keeps neither phone nor text."""
    row.status, row.ended_at, row.phone, row.text = status, now, b"", b""
