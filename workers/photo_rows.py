"""Between the rows of photographs and the pipeline, which knows no rows: what the pixels say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine import photo_records, photos
from engine.photo_records import Run
from engine.photos import READING, READY, UNREADABLE, WAITING
from engine.tables import Photo
from engine.vault import KeyMissing
from workers.photo_text import ask_for_reading
from workers.service import Effect, Impossible, together

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store
    from workers.photos.pipeline import Processed


def looked_at(store: Store, photo_id: str, *, give_up: bool = False) -> Effect | None:
    """Look at one upload now; the effect writes what was seen. None when there is nothing to look at any more.

    `give_up`: earlier looks ended in a crash, so say that the file cannot be read instead of trying it again.
    """
    with store.read() as tx:
        photo = tx.get(Photo, photo_id)
    if photo is None or photo.status != WAITING or photo.removed_at is not None:
        return None
    return _look(store, photo, give_up)[1]


def verdict_of(store: Store, case_id: str, slots: Iterable[str], *, give_up: bool = False) -> tuple[str, Effect]:
    """`ok` or `retake` for the newest photograph of each slot, and the effect that writes what had to be looked at."""
    effects, verdicts = [], []
    for photo in newest(store, case_id, slots):
        record = photo.record
        if photo.status == WAITING:
            done, effect = _look(store, photo, give_up)
            record = done.record
            effects.append(effect)
        verdicts.append(_will_do(record))
    return ("ok" if all(verdicts) else "retake"), together(effects)


def newest(store: Store, case_id: str, slots: Iterable[str]) -> Iterator[Photo]:
    """The photograph that counts of each slot; a slot without an upload has its picture on file."""
    for slot in slots:
        with store.read() as tx:
            photo = photos.latest(tx, case_id, slot)
        if photo is not None:
            yield photo


def _look(store: Store, photo: Photo, give_up: bool) -> tuple[Processed, Effect]:
    """Outside any transaction: looking takes a while."""
    from workers.photos.pipeline import process, unreadable

    kind = str((photo.record or {}).get("kind", "id1"))
    with store.read() as tx:
        run = photo_records.run_of(tx, store.vault, photo.id)
        data = _original(store, tx, photo)
    done = unreadable("file_unreadable") if give_up else process(data, photo.slot, kind, run.outline)
    return done, lambda tx: _write(store, tx, photo.id, kind, run, done)


def _will_do(record: Mapping[str, Any] | None) -> bool:
    """No verdict asks for another picture."""
    return not any(one["level"] == "block" for one in (record or {}).get("verdicts", []))


def _original(store: Store, tx: Session, photo: Photo) -> bytes:
    try:
        return store.vault.blobs.get(tx, photo.case_id, photo.original)
    except KeyMissing as missing:
        raise Impossible("the upload cannot be opened any more") from missing


def _write(store: Store, tx: Session, photo_id: str, kind: str, run: Run, done: Processed) -> None:
    """Fill the row of an upload, once: a second look at it changes nothing."""
    photo = tx.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.status != WAITING or photo.removed_at is not None:
        return
    if photo_records.run_of(tx, store.vault, photo.id) != run:
        return
    if run.outline is not None and done.upright is None:  # the outline could not be cut out: what was there stays
        photo.status = READY
        return
    put = store.vault.blobs.put
    photo.upright = None if done.upright is None else put(tx, photo.case_id, done.upright)
    photo.crop = None if done.crop is None else put(tx, photo.case_id, done.crop)
    photo.record = {"kind": kind, **done.record}
    photo.chosen = "crop" if done.record["action"] == "crop" and photo.crop else "original"
    photo.status = UNREADABLE if photo.upright is None else READING if done.to_read else READY
    _write_stages(store, tx, photo, run, done)
    if photo.status == READING:
        ask_for_reading(store, tx, photo)
    tx.flush()


def _write_stages(store: Store, tx: Session, photo: Photo, run: Run, done: Processed) -> None:
    """A record for each stage; the outline that a hand drew has its own already."""
    pictures = {"ingest": photo.upright, "orient": photo.crop}
    for stage, body in done.stages.items():
        if run.outline is None or stage != "locate":
            photo_records.write(
                tx, store.vault, photo, run.number, stage, body, store.clock.now(), pictures.get(stage)
            )  # fmt: skip
