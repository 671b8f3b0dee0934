"""What an analyst is playing through in a sandbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Play(Base):
    """One play of a draft, of each analyst one. `recorded` is the list so far, `stand` where it has come to: JSON.

    `bundle_hash` names the files it was played on last; `version` counts its moves: who sends one says which he saw.
    """

    __tablename__ = "plays"
    sketch_id: Mapped[str] = mapped_column(String(32), ForeignKey("sketches.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"), primary_key=True)
    bundle_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer)
    recorded: Mapped[str] = mapped_column(Text)
    stand: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
