"""Between the rows of photographs and the pipeline, which knows no rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from engine import photos
from engine.tables import Photo
from engine.vault import KeyMissing
from workers.service import Effect, Impossible

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store
    from workers.photos.pipeline import Processed

WAITING, READY, UNREADABLE = "processing", "ready", "unreadable"


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
    for slot in slots:
        with store.read() as tx:
            photo = photos.latest(tx, case_id, slot)
        if photo is None:
            continue
        verdict, effect = _one(store, photo, give_up)
        verdicts.append(verdict)
        effects.append(effect)
    return ("ok" if all(verdicts) else "retake"), _together(effects)


def _one(store: Store, photo: Photo, give_up: bool) -> tuple[bool, Effect | None]:
    if photo.status != WAITING:
        return _will_do(photo.record), None
    done, effect = _look(store, photo, give_up)
    return _will_do(done.record), effect


def _look(store: Store, photo: Photo, give_up: bool) -> tuple[Processed, Effect]:
    """Outside any transaction: looking takes a while."""
    from workers.photos.pipeline import process, unreadable

    kind = str((photo.record or {}).get("kind", "id1"))
    with store.read() as tx:
        data = _original(store, tx, photo)
    done = unreadable("file_unreadable") if give_up else process(data, photo.slot, kind)
    return done, lambda tx: _write(store, tx, photo.id, kind, done)


def _will_do(record: dict[str, Any] | None) -> bool:
    """No verdict asks for another picture."""
    return not any(one["level"] == "block" for one in (record or {}).get("verdicts", []))


def _original(store: Store, tx: Session, photo: Photo) -> bytes:
    try:
        return store.vault.blobs.get(tx, photo.case_id, photo.original)
    except KeyMissing as missing:
        raise Impossible("the upload cannot be opened any more") from missing


def _write(store: Store, tx: Session, photo_id: str, kind: str, done: Processed) -> None:
    """Fill the row of an upload, once: a second look at it changes nothing."""
    photo = tx.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.status != WAITING:
        return
    put = store.vault.blobs.put
    photo.upright = None if done.upright is None else put(tx, photo.case_id, done.upright)
    photo.crop = None if done.crop is None else put(tx, photo.case_id, done.crop)
    photo.record = {"kind": kind, **done.record}
    photo.chosen = "crop" if done.record["action"] == "crop" and photo.crop else "original"
    photo.status = UNREADABLE if photo.upright is None else READY
    tx.flush()


def _together(effects: Iterable[Effect | None]) -> Callable[[Session], None]:
    wanted = [effect for effect in effects if effect is not None]

    def all_of_them(tx: Session) -> None:
        for effect in wanted:
            effect(tx)

    return all_of_them
