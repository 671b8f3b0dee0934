"""What a version would mean for running cases, as it was when they were last tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class KeptImpact(Base):
    """`subject` names the version, which cases, and what became of what is gone. `report` is the whole as JSON."""

    __tablename__ = "impacts"
    subject: Mapped[str] = mapped_column(String(96), primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    report: Mapped[str] = mapped_column(Text)
