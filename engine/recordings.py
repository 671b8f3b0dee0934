"""A call's recording as it arrives: numbered pieces, each stored once, each hashed to all that came before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import calls, claims
from engine.actors import Actor
from engine.calls import PEER
from engine.cases.inbox import new_job
from engine.errors import Refused
from engine.store import Store
from engine.tables import CallChunk, CallPart, Recording, Task, VideoCall

LARGEST_CHUNK = 4 * 1024 * 1024
LARGEST_RECORDING = 2 * 1024 * 1024 * 1024
MOST_PARTS = 200


class NoConsent(Refused):
    """The customer has not agreed to be recorded: nothing of him is kept."""


class RecordedElsewhere(Refused):
    """A media server records this call: no browser sends pieces of it."""


class OtherChunk(Refused):
    """Another chunk has this number already."""


class RecordingFull(Refused):
    """The call has recorded as much as is kept of one call."""


@dataclass(frozen=True)
class Fault:
    """What the chain of hashes does not vouch for: `why` is missing | changed.

    Of a film besides: unreadable | cut (of a part in another codec only the beginning) | film.
    """

    part: int
    n: int
    why: str


def begin_part(store: Store, task_id: str, actor: Actor) -> int:
    """A number for a recorder that starts now; counted from 1 in each call."""

    def work(tx: Session) -> int:
        now = store.clock.now()
        call = _recordable(tx, task_id, actor, now)
        last = tx.scalar(select(func.max(CallPart.part)).where(CallPart.call_id == call.id)) or 0
        if last >= MOST_PARTS:
            raise RecordingFull
        tx.add(CallPart(call_id=call.id, part=last + 1, case_id=call.case_id, began_at=now))
        return last + 1

    return store.unit(work)


def append(store: Store, task_id: str, actor: Actor, part: int, n: int, data: bytes) -> bool:
    """Keep a chunk, once; false when it is there already. Refuses as the classes above say, NotClaimed, NoRoom."""
    digest = sha256(data).hexdigest()
    with store.read() as tx:  # the blob goes to the disk before the row: a blob without a row is harmless
        call = _recordable(tx, task_id, actor, store.clock.now(), late=True)
        if _known(tx, call.id, part, n, digest):
            return False
        must_fit(call, part, len(data))
        blob = store.vault.blobs.put(tx, call.case_id, data)

    def work(tx: Session) -> bool:
        now = store.clock.now()
        call = _recordable(tx, task_id, actor, now, lock=True, late=True)
        if _known(tx, call.id, part, n, digest):
            return False
        add(tx, call, part, n, digest, len(data), blob, now)
        if call.ended_at is not None:
            tx.add(new_job(store, call.case_id, calls.REMUX, {"call_id": call.id}, now))
        else:
            claims.keep(tx.get_one(Task, task_id), now)
        return True

    return store.unit(work)


def chunks(tx: Session, call_id: str) -> list[CallChunk]:
    """The manifest: every chunk in the order in which it arrived."""
    return list(tx.scalars(select(CallChunk).where(CallChunk.call_id == call_id).order_by(CallChunk.seq)))


def last_at(tx: Session, call: VideoCall) -> datetime | None:
    """When the newest chunk came; of a call that a media server records, the newest of the customer's picture."""
    newest = select(CallChunk.received_at).where(CallChunk.call_id == call.id).order_by(CallChunk.seq.desc()).limit(1)
    if call.engine != PEER:
        seen = select(CallPart.part).where(CallPart.call_id == call.id, CallPart.track.contains("-investor-video"))
        newest = newest.where(CallChunk.part.in_(seen))
    return tx.scalars(newest).first()


def parts(tx: Session, call_id: str) -> list[CallPart]:
    return list(tx.scalars(select(CallPart).where(CallPart.call_id == call_id).order_by(CallPart.part)))


def joined(tx: Session, call_id: str) -> Recording | None:
    """The one seekable file, once a worker has made it."""
    return tx.get(Recording, call_id)


def faults(tx: Session, call: VideoCall) -> list[Fault]:
    """Check the chain from its first link to its head: every chunk that is missing or not what was received."""
    rows = chunks(tx, call.id)
    return [*_changed(call, rows), *_missing(rows)]


def link(before: str, call_id: str, part: int, n: int, digest: str, received_at: datetime) -> str:
    """The hash of all that has arrived so far: of the link before, and of what arrived now, where and when."""
    when = received_at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256("\n".join((before, call_id, str(part), str(n), digest, when)).encode()).hexdigest()


def _recordable(
    tx: Session, task_id: str, actor: Actor, now: datetime, *, lock: bool = False, late: bool = False
) -> VideoCall:
    call = calls.held(tx, task_id, actor, now, lock=lock, late=late)
    if call.engine != PEER:
        raise RecordedElsewhere
    if call.consented_at is None:
        raise NoConsent
    return call


def _known(tx: Session, call_id: str, part: int, n: int, digest: str) -> bool:
    there = tx.get(CallChunk, (call_id, part, n))
    if there is not None and there.digest != digest:
        raise OtherChunk
    return there is not None


def must_fit(call: VideoCall, part: int, more: int) -> None:
    """RecordingFull where the call has recorded as much as is kept of one."""
    if call.size + more > LARGEST_RECORDING or part > MOST_PARTS:
        raise RecordingFull


def add(tx: Session, call: VideoCall, part: int, n: int, digest: str, size: int, blob: str, now: datetime) -> None:
    """Put a chunk at the end of the chain, in the caller's write unit, which holds the call."""
    if tx.get(CallPart, (call.id, part)) is None:
        tx.add(CallPart(call_id=call.id, part=part, case_id=call.case_id, began_at=now))
    call.head = link(call.head, call.id, part, n, digest, now)
    call.chunks, call.size = call.chunks + 1, call.size + size
    call.medium, call.connected_at = call.engine, call.connected_at or now
    tx.add(
        CallChunk(
            call_id=call.id, part=part, n=n, case_id=call.case_id, seq=call.chunks, digest=digest, size=size,
            blob=blob, received_at=now, chain=call.head,
        )
    )  # fmt: skip


def _changed(call: VideoCall, rows: list[CallChunk]) -> list[Fault]:
    before, found = "", []
    for row in rows:
        if row.chain != link(before, call.id, row.part, row.n, row.digest, row.received_at):
            found.append(Fault(row.part, row.n, "changed"))
        before = row.chain
    if before != call.head or len(rows) != call.chunks:
        found.append(Fault(rows[-1].part if rows else 1, rows[-1].n + 1 if rows else 0, "missing"))
    return found


def _missing(rows: list[CallChunk]) -> list[Fault]:
    """Numbers that were jumped over within a part."""
    there: dict[int, set[int]] = {}
    for row in rows:
        there.setdefault(row.part, set()).add(row.n)
    return [Fault(part, n, "missing") for part, ns in there.items() for n in range(max(ns)) if n not in ns]
