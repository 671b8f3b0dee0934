"""Between the rows of photographs and the reader of their text, which knows no rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import company, photo_records
from engine.cases.inbox import new_job
from engine.photos import READING, READY
from engine.tables import Case, Photo
from workers.service import Effect, JobContext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.company import Company
    from engine.store import Store
    from workers.photos.reading import Bin
    from workers.photos.recognise import Recognised

RECOGNISE = "photo.recognise"


@dataclass(frozen=True)
class _Seen:
    """What there is to read: the photograph, its run, its pictures."""

    photo: Photo
    run: int
    upright: bytes
    crop: bytes | None


def ask_for_reading(store: Store, tx: Session, photo: Photo) -> None:
    """A job of its own, in the queue of the worker that reads."""
    tx.add(new_job(store, photo.case_id, RECOGNISE, {"photo_id": photo.id}, store.clock.now()))


def recognised(job: JobContext, photo_id: str) -> Effect | None:
    """Read one photograph now; the effect writes what was read. None when it is not waiting for that.

    At the last attempt nothing is read any more: the customer types what he otherwise would only check.
    """
    seen = _seen(job.store, photo_id)
    if seen is None:
        return None
    done = None if job.last else _read(job, seen)
    return lambda tx: _write(job.store, tx, seen, done)


def left_unread(store: Store, photo_id: str) -> Effect | None:
    """Wait no longer for the text of a photograph: nothing is filled in. None when nobody waits for it."""
    seen = _seen(store, photo_id)
    return None if seen is None else lambda tx: _write(store, tx, seen, None)


def _seen(store: Store, photo_id: str) -> _Seen | None:
    with store.read() as tx:
        photo = tx.get(Photo, photo_id)
        if photo is None or photo.status != READING or photo.removed_at is not None or photo.upright is None:
            return None
        get = store.vault.blobs.get
        crop = get(tx, photo.case_id, photo.crop) if photo.crop else None
        run = photo_records.run_of(tx, store.vault, photo.id).number
        return _Seen(photo, run, get(tx, photo.case_id, photo.upright), crop)


def _read(job: JobContext, seen: _Seen) -> Recognised:
    """Outside any transaction. The number of the person who is signed in is compared, and goes no further."""
    from workers.photos.recognise import Asked, recognise

    with job.store.read() as tx:
        customer = tx.get_one(Case, job.case_id).customer_id
        firm = company.load(tx)
    number = job.accounts.person(customer).id_number
    asked = Asked(seen.photo.slot, job.store.clock.now().date(), number, tuple(_bins(firm)))
    return recognise(seen.upright, seen.crop, dict(seen.photo.record or {}), asked)


def _bins(firm: Company) -> Iterator[Bin]:
    from workers.photos.reading import Bin

    for bank in firm.banks:
        yield from (Bin(row.prefix, bank.code, row.kind, row.length) for row in bank.bins)


def _write(store: Store, tx: Session, seen: _Seen, done: Recognised | None) -> None:
    """Once: a second reading, or one of an outline that is not the newest, changes nothing."""
    photo = tx.get(Photo, seen.photo.id, populate_existing=True)
    if photo is None or photo.status != READING or photo.removed_at is not None:
        return
    if photo_records.run_of(tx, store.vault, photo.id).number != seen.run:
        return
    photo.status = READY
    if done is not None:
        _write_reading(store, tx, photo, seen.run, done)
    decided = {name: (photo.record or {}).get(name) for name in ("action", "verdicts", "confidence")}
    photo_records.write(tx, store.vault, photo, seen.run, "decide", decided, store.clock.now())
    tx.flush()


def _write_reading(store: Store, tx: Session, photo: Photo, run: int, done: Recognised) -> None:
    crop = photo.crop if done.crop is None else store.vault.blobs.put(tx, photo.case_id, done.crop)
    body: dict[str, Any] = done.reading
    photo_records.write(tx, store.vault, photo, run, "read", body, store.clock.now(), crop)
    was_chosen_by_hand = photo.chosen != _proposed((photo.record or {}).get("action"), photo.crop)
    photo.crop, photo.record = crop, {**(photo.record or {}), **done.record}
    if not was_chosen_by_hand:
        photo.chosen = _proposed(done.record["action"], crop)


def _proposed(action: object, crop: str | None) -> str:
    """Which of the two the pipeline itself shows first."""
    return "crop" if action == "crop" and crop else "original"
