"""What analysts hand in before it is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Proposal(Base):
    """A business as somebody wants it to be. `files` is a zip of what `bundle_hash` names, whatever is wrong.

    `base_hash` is the version that it is compared with, null for a business that was never published. `closed_how`:
    published | discarded.
    """

    __tablename__ = "proposals"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    bundle_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes] = mapped_column(LargeBinary)
    base_hash: Mapped[str | None] = mapped_column(String(64), ForeignKey("bundles.hash"))
    note: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_how: Mapped[str | None] = mapped_column(String(16))
    closed_by: Mapped[str | None] = mapped_column(String(32), ForeignKey("staff.id"))
    __table_args__ = (Index("ix_proposals_business", "business", "at"),)
