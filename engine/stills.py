"""Pictures captured in a call: kept as they came, looked at by a worker, of each kind the newest counts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import calls
from engine.actors import SYSTEM
from engine.cases.inbox import new_job
from engine.errors import NotClaimed, Refused
from engine.recordings import NoConsent
from engine.store import Store
from engine.tables import CallStill, VideoCall

Kind = Literal["face", "face_with_id", "id_closeup"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Side = Literal["investor", "verifier"]
LOOK = "still.look"
WAITING, READY, UNREADABLE = "processing", "ready", "unreadable"
MOST = 60


class OtherStill(Refused):
    """Another picture was sent for this command already."""


class TooManyStills(Refused):
    """The call has as many pictures as are kept of one call."""


@dataclass(frozen=True)
class Shot:
    """A JPEG with its size in pixels, and the command that it answers."""

    kind: Kind
    side: Side
    nonce: str
    data: bytes
    width: int
    height: int


def add(store: Store, call_id: str, shot: Shot) -> str:
    """Keep a picture in an open call, once for its command; the id of its row. A worker makes what is shown of it."""
    digest = sha256(shot.data).hexdigest()

    def work(tx: Session) -> str:
        now = store.clock.now()
        calls.case_first(tx, VideoCall, call_id)
        call = tx.get(VideoCall, call_id, with_for_update=True)
        if call is None or call.ended_at is not None:
            raise NotClaimed
        if call.consented_at is None:
            raise NoConsent
        there = tx.scalars(select(CallStill).where(CallStill.call_id == call_id, CallStill.nonce == shot.nonce)).first()
        if there is not None:
            return _same(there, digest)
        if (tx.scalar(select(func.count()).where(CallStill.call_id == call_id)) or 0) >= MOST:
            raise TooManyStills
        row = CallStill(
            id=store.ids.new(), call_id=call_id, case_id=call.case_id, kind=shot.kind, side=shot.side,
            nonce=shot.nonce, digest=digest, width=shot.width, height=shot.height,
            original=store.vault.blobs.put(tx, call.case_id, shot.data), status=WAITING, at=now,
        )  # fmt: skip
        tx.add(row)
        tx.flush()
        tx.add(new_job(store, call.case_id, LOOK, {"still_id": row.id}, now))
        calls.write_down(store, tx, call, SYSTEM, "still", {"still": row.id, "kind": row.kind, "sha256": digest}, now)
        return row.id

    return store.unit(work)


def of_call(tx: Session, call_id: str) -> list[CallStill]:
    """Every picture of a call, the oldest first."""
    return list(tx.scalars(select(CallStill).where(CallStill.call_id == call_id).order_by(CallStill.at, CallStill.id)))


def counting(tx: Session, call_id: str) -> dict[str, CallStill]:
    """The newest of each kind."""
    return {row.kind: row for row in of_call(tx, call_id)}


def _same(there: CallStill, digest: str) -> str:
    if there.digest != digest:
        raise OtherStill
    return there.id
