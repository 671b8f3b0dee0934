"""What a media server records of a call: each track a part of its own, taken in as it grows, in the call's chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import calls, recordings
from engine.actors import SYSTEM
from engine.cases.inbox import new_job
from engine.recordings import NoConsent
from engine.store import Store
from engine.tables import CallChunk, CallPart, VideoCall

COMPOSE = "video.compose"


@dataclass(frozen=True)
class Kept:
    """How much of a track is kept: in how many chunks, of how many bytes. Part 0: nothing yet."""

    part: int = 0
    chunks: int = 0
    size: int = 0


def kept(tx: Session, call_id: str, track: str) -> Kept:
    mine = select(CallPart.part).where(CallPart.call_id == call_id, CallPart.track == track)
    part = tx.scalar(mine)
    if part is None:
        return Kept()
    of_it = select(func.count(), func.coalesce(func.sum(CallChunk.size), 0))
    count, size = tx.execute(of_it.where(CallChunk.call_id == call_id, CallChunk.part == part)).one()
    return Kept(part, count, size)


def take(store: Store, call_id: str, track: str, offset: int, data: bytes) -> bool:
    """Keep what the track holds from `offset` on; false when more or less of it was there. NoConsent, RecordingFull."""
    with store.read() as tx:  # the blob goes to the disk before the row: a blob without a row is harmless
        call = tx.get_one(VideoCall, call_id)
        if call.consented_at is None:
            raise NoConsent
        recordings.must_fit(call, 1, len(data))
        blob = store.vault.blobs.put(tx, call.case_id, data)

    def work(tx: Session) -> bool:
        calls.case_first(tx, VideoCall, call_id)
        now, call = store.clock.now(), tx.get_one(VideoCall, call_id, with_for_update=True)
        there = kept(tx, call_id, track)
        if there.size != offset:
            return False
        part = there.part or _begun(tx, call, track, now)
        recordings.must_fit(call, part, len(data))
        recordings.add(tx, call, part, there.chunks, sha256(data).hexdigest(), len(data), blob, now)
        return True

    return store.unit(work)


def finish(store: Store, call_id: str, files: Mapping[str, str]) -> None:
    """The files of an ended call are taken in whole: their hashes go into the audit, and its film is made."""

    def work(tx: Session) -> None:
        calls.case_first(tx, VideoCall, call_id)
        now, call = store.clock.now(), tx.get_one(VideoCall, call_id, with_for_update=True)
        body: dict[str, object] = {"chunks": call.chunks, "head": call.head, "files": dict(files)}
        calls.write_down(store, tx, call, SYSTEM, "recording_ended", body, now)
        if call.chunks:
            tx.add(new_job(store, call.case_id, COMPOSE, {"call_id": call.id}, now))

    store.unit(work)


def _begun(tx: Session, call: VideoCall, track: str, now: datetime) -> int:
    last = tx.scalar(select(func.max(CallPart.part)).where(CallPart.call_id == call.id)) or 0
    tx.add(CallPart(call_id=call.id, part=last + 1, case_id=call.case_id, began_at=now, track=track))
    tx.flush()
    return last + 1
