"""The checks of a customer's devices before a video call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class DeviceCheck(Base):
    """One check as the customer's browser reported it and the server judged it. Numbers only, nothing that was seen.

    `faults` names for each device what was wrong with it; empty when all is well. `simulated`: a demonstration's
    camera, not a real one.
    """

    __tablename__ = "device_checks"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"))
    task_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Moment)
    passed: Mapped[bool]
    simulated: Mapped[bool]
    faults: Mapped[dict[str, str]] = mapped_column(JSON)
    measures: Mapped[dict[str, object]] = mapped_column(JSON)
    __table_args__ = (Index("ix_device_checks_case", "case_id", "at"),)
