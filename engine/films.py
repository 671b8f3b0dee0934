"""The film that a worker made of a recording: its bytes by range, whether it is whole, and where a moment is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from engine import recordings
from engine.recordings import Fault
from engine.store import Store
from engine.tables import CallPart, Recording, VideoCall

PIECE = 1024 * 1024
"""All pieces but the last are as long as this: a range is read by opening those that it touches."""


def digest_of(names: Iterable[str]) -> str:
    """One hash over the names of the pieces; a name is the keyed hash of what is in it."""
    return sha256("\n".join(names).encode()).hexdigest()


def read(store: Store, tx: Session, film: Recording, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` up to `stop`, piece by piece."""
    for number in range(start // PIECE, -(-stop // PIECE)):
        piece = store.vault.blobs.get(tx, film.case_id, film.pieces[number])
        at = number * PIECE
        yield piece[max(0, start - at) : stop - at]


def faults(tx: Session, call: VideoCall, film: Recording | None) -> list[Fault]:
    """What is not as it was received: by the chain now, and as the worker found it when it opened every chunk."""
    found = dict.fromkeys(recordings.faults(tx, call))
    for told in film.faults if film else ():
        found |= {Fault(**told): None}  # type: ignore[arg-type]
    if film is not None and (film.digest != digest_of(film.pieces) or (film.chunks, film.head) != _end(call)):
        found |= {Fault(0, 0, "film"): None}
    return list(found)


def place(film: Recording, parts: list[CallPart], at: datetime) -> float:
    """Seconds into the film at which this moment is; the nearest where nothing was recorded."""
    placed = {one["part"]: one for one in film.parts}
    before = [part for part in parts if part.part in placed and part.began_at <= at]
    if not before:
        return 0.0
    newest = before[-1]
    stands = placed[newest.part]
    within = min((at - newest.began_at) / timedelta(milliseconds=1), stands["duration_ms"])
    return (stands["start_ms"] + within) / 1000


def _end(call: VideoCall) -> tuple[int, str]:
    return call.chunks, call.head
