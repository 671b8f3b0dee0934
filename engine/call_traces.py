"""Everything that the calls of a case have left behind, as one: which blobs it names, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.tables import CallChunk, CallNote, CallPart, CallStill, Photo, PhotoRecord, Recording

LEFT = (Recording, CallChunk, CallPart, CallStill, CallNote)


def blobs(tx: Session) -> Iterator[tuple[str, str]]:
    """Case and name of every blob of a recording, a film or a still."""
    for case_id, name in tx.execute(select(CallChunk.case_id, CallChunk.blob)):
        yield case_id, name
    for case_id, pieces in tx.execute(select(Recording.case_id, Recording.pieces)):
        yield from ((case_id, name) for name in pieces)
    for case_id, *names in tx.execute(select(CallStill.case_id, CallStill.original, CallStill.picture)):
        yield from ((case_id, name) for name in names if name)


def blobs_of(tx: Session, case_id: str) -> set[str]:
    """The blobs that the calls of this case alone name: the same bytes may be a photograph of it too."""
    named = set(tx.scalars(select(CallChunk.blob).where(CallChunk.case_id == case_id)))
    for pieces in tx.scalars(select(Recording.pieces).where(Recording.case_id == case_id)):
        named.update(pieces)
    for names in tx.execute(select(CallStill.original, CallStill.picture).where(CallStill.case_id == case_id)):
        named.update(name for name in names if name)
    return named - set(_of_photographs(tx, case_id))


def left_by(case_id: Any) -> ColumnElement[bool]:
    """Whether there is anything of a call of the case that `case_id` is the column of."""
    return or_(*(exists().where(table.case_id == case_id) for table in LEFT))


def forget(tx: Session, case_id: str) -> int:
    """Remove what shows or quotes the customer; how many calls were recorded. That they were held, and ticks, stay."""
    recorded = tx.scalar(select(func.count(CallChunk.call_id.distinct())).where(CallChunk.case_id == case_id)) or 0
    for table in LEFT:
        tx.execute(delete(table).where(table.case_id == case_id))
    return recorded


def _of_photographs(tx: Session, case_id: str) -> Iterator[str]:
    for names in tx.execute(select(Photo.original, Photo.upright, Photo.crop).where(Photo.case_id == case_id)):
        yield from (name for name in names if name)
    yield from (one for one in tx.scalars(select(PhotoRecord.blob).where(PhotoRecord.case_id == case_id)) if one)
