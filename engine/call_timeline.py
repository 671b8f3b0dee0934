"""What a verifier noted while he talked: points of the checklist as he ticked them, and remarks, each with its time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import calls
from engine.actors import Actor
from engine.store import Store
from engine.tables import CallNote, CallTick, VideoCall

TEXT = "call_notes.text"


class Note(NamedTuple):
    at: datetime
    text: str


def tick(store: Store, task_id: str, actor: Actor, item: str, on: bool) -> None:
    """Note that a point was ticked or taken back; the same said again is not noted again."""

    def work(tx: Session) -> None:
        now = store.clock.now()
        call = calls.held(tx, task_id, actor, now, lock=True)
        _tick(tx, call, item, on, now)

    store.unit(work)


def note(store: Store, task_id: str, actor: Actor, text: str) -> None:
    """A remark at this moment of the call."""

    def work(tx: Session) -> None:
        now = store.clock.now()
        call = calls.held(tx, task_id, actor, now)
        sealed = store.vault.seal(TEXT, text)
        tx.add(CallNote(id=store.ids.new(), call_id=call.id, case_id=call.case_id, text=sealed, at=now))

    store.unit(work)


def settle(tx: Session, call: VideoCall, ticked: Iterable[str], points: Iterable[str], now: datetime) -> None:
    """At the conclusion: what the form says of each point, where no tick had said it before."""
    confirmed = set(ticked)
    for item in points:
        _tick(tx, call, item, item in confirmed, now)


def ticks(tx: Session, call_id: str) -> list[CallTick]:
    """In the order in which they were set."""
    return list(tx.scalars(select(CallTick).where(CallTick.call_id == call_id).order_by(CallTick.seq)))


def standing(tx: Session, call_id: str) -> dict[str, CallTick]:
    """The last word on each point."""
    return {row.item: row for row in ticks(tx, call_id)}


def notes(store: Store, tx: Session, call_id: str) -> list[Note]:
    rows = tx.scalars(select(CallNote).where(CallNote.call_id == call_id).order_by(CallNote.at, CallNote.id))
    return [Note(row.at, store.vault.open(TEXT, row.text)) for row in rows]


def _tick(tx: Session, call: VideoCall, item: str, on: bool, now: datetime) -> None:
    before = ticks(tx, call.id)
    last = next((row for row in reversed(before) if row.item == item), None)
    if on != (last is not None and last.ticked):
        tx.add(CallTick(call_id=call.id, seq=len(before) + 1, item=item, ticked=on, at=now))
        tx.flush()
