"""Photographs: the untouched original, the upright picture, the crop, and what the pipeline says of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Photo(Base):
    """One upload into one slot. A newer row of the same slot takes its place; none is overwritten.

    `status`: processing | reading | ready | unreadable; from `reading` on there are pictures and verdicts. `record`
    sums up what the pipeline says: corners in pixels of the upright picture, rotation, confidence, action crop |
    review | refuse, verdicts; nothing that was read. `chosen`: crop | original.
    """

    __tablename__ = "photos"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"))
    slot: Mapped[str] = mapped_column(String(64))
    original: Mapped[str] = mapped_column(String(64))
    upright: Mapped[str | None] = mapped_column(String(64))
    crop: Mapped[str | None] = mapped_column(String(64))
    chosen: Mapped[str] = mapped_column(String(8), default="crop")
    status: Mapped[str] = mapped_column(String(16))
    record: Mapped[dict[str, object] | None] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("ix_photos_slot", "case_id", "slot", "at"),)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture; nothing where there is none."""
        told: Any = (self.record or {}).get("size") or (0, 0)
        return int(told[0]), int(told[1])


class PhotoRecord(Base):
    """What one stage made of a photograph, written once and never changed.

    `stage`: ingest | locate | rectify | orient | quality | read | decide. `run` 1 is the pipeline's own way; an outline
    drawn by hand begins another, whose `locate` says `by` whom. `body` is sealed JSON, `blob` the picture it made.
    """

    __tablename__ = "photo_records"
    photo_id: Mapped[str] = mapped_column(String(32), ForeignKey("photos.id"), primary_key=True)
    run: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    blob: Mapped[str | None] = mapped_column(String(64))
    by: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
