"""What the pipeline would have written of a photograph: readings, and cut-outs by the pipeline or by a hand."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from engine import photo_records
from engine.photo_records import Reading
from engine.store import Store
from engine.tables import Photo
from tests.web.line import jpeg

BOX = ((10.0, 10.0), (26.0, 10.0), (26.0, 16.0), (10.0, 16.0))


def photo_in(store: Store, slot: str) -> str:
    """The newest photograph of the slot."""
    with store.read() as tx:
        return (
            tx.scalars(select(Photo.id).where(Photo.slot == slot).order_by(Photo.at.desc(), Photo.id.desc())).first()
            or ""
        )


def sure(value: str, checked: bool = False) -> Reading:
    return Reading(value, 0.98, BOX, checked, sure=True)


def unsure(value: str) -> Reading:
    return Reading(value, 0.5, BOX, checked=False, sure=False)


def read(store: Store, photo_id: str, fields: Mapping[str, Reading], run: int = 1, turn: int = 0) -> None:
    fields_read = {name: one.plain() for name, one in fields.items()}
    body = {"fields": fields_read, "picture": "crop", "turn": turn, "turned": 0}
    with store.write() as tx:
        photo_records.write(tx, store.vault, tx.get_one(Photo, photo_id), run, "read", body, store.clock.now())


def cut(store: Store, photo_id: str, run: int, by: str | None = None, colour: str = "olive") -> None:
    """The records that a run of the pipeline leaves of its cut-out, which then counts."""
    with store.write() as tx:
        photo = tx.get_one(Photo, photo_id)
        photo.crop = store.vault.blobs.put(tx, photo.case_id, jpeg(colour))
        now = store.clock.now()
        photo_records.write(tx, store.vault, photo, run, "locate", {"corners": []}, now, by=by)
        photo_records.write(tx, store.vault, photo, run, "orient", {}, now, blob=photo.crop)
