"""The audit chain: who did what, when; append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class AuditRow(Base):
    """`chain` is `case:<id>` or `actor:<id>`; `mac` = HMAC(key, previous mac + body); `body`: no personal data."""

    __tablename__ = "audit"
    chain: Mapped[str] = mapped_column(String(48), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(48))
    action: Mapped[str] = mapped_column(String(48))
    body: Mapped[str] = mapped_column(Text)
    mac: Mapped[str] = mapped_column(String(64))
    __table_args__ = (Index("ix_audit_at", "at"),)
