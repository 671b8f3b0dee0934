"""Photographs as rows: an upload is kept as it came, with a job of its own that looks at it."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import photo_records
from engine.cases.holding import Held, holding, must_be_open
from engine.cases.inbox import new_job
from engine.drafts import note_activity
from engine.errors import Gone, Stale
from engine.outlines import MOST, Corners, Enough, check_outline
from engine.store import Store
from engine.tables import Photo, Task

PROCESS = "photo.process"
WAITING, READING, READY, UNREADABLE = "processing", "reading", "ready", "unreadable"


def add(store: Store, *, case_id: str, slot: str, data: bytes, by: str, kind: str, task_id: str | None = None) -> str:
    """Store an upload sealed, with the job that processes it; the id of its row. `kind` of the paper: id1 | sheet.

    `task_id` is the open step that asks for it: what is submitted, signed and reviewed is never exchanged afterwards.
    Raises Stale when that step is done or the case has ended, NoRoom when the disk is full; a blob without a row is
    harmless.
    """

    def work(tx: Session) -> str:
        held = _open(store, tx, case_id, task_id)
        photo = put(held, slot, data, by, kind)
        note_activity(held, by)
        return photo.id

    return store.unit(work)


def put(held: Held, slot: str, data: bytes, by: str, kind: str) -> Photo:
    """The same inside the caller's write unit."""
    photo = _row(held, slot, held.store.vault.blobs.put(held.tx, held.case.id, data), by, kind)
    held.tx.add(photo)
    held.tx.add(new_job(held.store, held.case.id, PROCESS, {"photo_id": photo.id}, held.now))
    return photo


def latest(tx: Session, case_id: str, slot: str) -> Photo | None:
    """The photo that counts in a slot: the newest that was not removed."""
    mine = select(Photo).where(Photo.case_id == case_id, Photo.slot == slot, Photo.removed_at.is_(None))
    return tx.scalar(mine.order_by(Photo.at.desc(), Photo.id.desc()).limit(1))


def slots(tx: Session, case_id: str) -> dict[str, Photo]:
    """The photo that counts in every slot of a case."""
    mine = select(Photo).where(Photo.case_id == case_id, Photo.removed_at.is_(None))
    return {photo.slot: photo for photo in tx.scalars(mine.order_by(Photo.at, Photo.id))}


def choose(store: Store, photo_id: str, chosen: Literal["original", "crop"], task_id: str | None = None) -> None:
    """Take the crop, or the upright original instead.

    Stale when the step `task_id`, which shows it, is done, or another photograph has taken its place.
    """

    def work(tx: Session) -> None:
        photo = _held(store, tx, photo_id, task_id)
        _must_count(tx, photo)
        photo.chosen = chosen

    store.unit(work)


def outline(store: Store, photo_id: str, corners: Corners, by: str, task_id: str | None = None) -> None:
    """Cut the card out along this outline: a run of its own begins, and what was there before stays on record.

    Corners in pixels of the upright picture. ValueError when they make no outline or the photograph is still being
    looked at, Enough after thirty of them, Stale when the step `task_id` is done or another photograph took its place.
    """

    def work(tx: Session) -> None:
        held, photo = _held_by(store, tx, photo_id, task_id)
        _must_count(tx, photo)
        if photo.status not in (READY, READING) or not photo.record:
            raise ValueError("there is no picture yet to draw on")
        points = check_outline(corners, photo.size)
        run = photo_records.run_of(tx, store.vault, photo.id).number + 1
        if run > 1 + MOST:
            raise Enough
        photo_records.write(tx, store.vault, photo, run, "locate", {"corners": points}, held.now, by=by)
        photo.status = WAITING
        tx.add(new_job(store, photo.case_id, PROCESS, {"photo_id": photo.id}, held.now))
        note_activity(held, by)

    store.unit(work)


def remove(store: Store, photo_id: str) -> None:
    """Take a photo out of its slot; the row stays."""

    def work(tx: Session) -> None:
        photo = _held(store, tx, photo_id)
        photo.removed_at = photo.removed_at or store.clock.now()

    store.unit(work)


def _must_count(tx: Session, photo: Photo) -> None:
    """What was replaced, perhaps because a desk rejected it, stays as it was."""
    newest = latest(tx, photo.case_id, photo.slot)
    if newest is None or newest.id != photo.id:
        raise Stale(photo.case_id, None, newest.at if newest is not None else photo.removed_at, "replaced")


def _open(store: Store, tx: Session, case_id: str, task_id: str | None = None) -> Held:
    held = holding(store, tx, case_id)
    if held.case.ended_at is not None:
        raise Stale(case_id, None, held.case.ended_at, "ended")
    if task_id is not None:
        must_be_open(tx.get_one(Task, task_id, populate_existing=True))
    return held


def _held(store: Store, tx: Session, photo_id: str, task_id: str | None = None) -> Photo:
    return _held_by(store, tx, photo_id, task_id)[1]


def _held_by(store: Store, tx: Session, photo_id: str, task_id: str | None = None) -> tuple[Held, Photo]:
    case_id = tx.scalar(select(Photo.case_id).where(Photo.id == photo_id))
    if case_id is None:
        raise Gone
    held = _open(store, tx, case_id, task_id)
    photo = tx.get(Photo, photo_id, populate_existing=True)
    assert photo is not None
    return held, photo


def _row(held: Held, slot: str, blob: str, by: str, kind: str) -> Photo:
    return Photo(
        id=held.store.ids.new(),
        case_id=held.case.id,
        slot=slot,
        original=blob,
        chosen="crop",
        status=WAITING,
        record={"kind": kind},
        by=by,
        at=held.now,
    )
