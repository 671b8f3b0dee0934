"""What analysts are still drawing, before they hand it in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Sketch(Base):
    """A business that is being changed. `files` is a zip of what `bundle_hash` names, whatever is wrong.

    `base_hash` is the version that it was begun from, null for a business that was never published. `version` counts
    its saves: who saves says which one he saw.
    """

    __tablename__ = "sketches"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    bundle_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes] = mapped_column(LargeBinary)
    base_hash: Mapped[str | None] = mapped_column(String(64), ForeignKey("bundles.hash"))
    version: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_sketches_business", "business", "at"),)
