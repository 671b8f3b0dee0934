"""Between the rows of stills and the pixels: a still is opened like any stranger's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.stills import READY, UNREADABLE, WAITING
from engine.tables import CallStill
from engine.vault import KeyMissing
from workers.service import Effect, Impossible

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store


def looked_at(store: Store, still_id: str, *, give_up: bool = False) -> Effect | None:
    """The effect that writes what is shown of a still; None when there is nothing to do any more."""
    with store.read() as tx:
        row = tx.get(CallStill, still_id)
        if row is None or row.status != WAITING:
            return None
        try:
            data = store.vault.blobs.get(tx, row.case_id, row.original)
        except KeyMissing as missing:
            raise Impossible("the still cannot be opened any more") from missing
    picture = None if give_up else _pixels(data)
    return lambda tx: _write(store, tx, still_id, picture)


def _pixels(data: bytes) -> bytes | None:
    from workers.photos import apart, intake

    try:
        return intake.as_jpeg(apart.read(data).picture)
    except intake.Unreadable:
        return None


def _write(store: Store, tx: Session, still_id: str, picture: bytes | None) -> None:
    row = tx.get(CallStill, still_id, populate_existing=True)
    if row is None or row.status != WAITING:
        return
    row.status = UNREADABLE if picture is None else READY
    row.picture = None if picture is None else store.vault.blobs.put(tx, row.case_id, picture)
    tx.flush()
