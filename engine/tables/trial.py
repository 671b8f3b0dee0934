"""What the scenarios of a version came to when they were last played."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Trial(Base):
    """One version, whether it is published or only proposed. `report` is the whole report as JSON."""

    __tablename__ = "trials"
    bundle_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    green: Mapped[bool]
    report: Mapped[str] = mapped_column(Text)
