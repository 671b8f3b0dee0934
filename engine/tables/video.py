"""The video desk's rows: places in the queue, and appointments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class QueuePlace(Base):
    """A customer who waits for a verifier, as long as his task is open. `seen_at` is the last sign of his page.

    `state` is where the last event left him: waiting | absent | called | connected.
    """

    __tablename__ = "queue_places"
    task_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    branch_id: Mapped[str] = mapped_column(String(32))
    joined_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(16), default="waiting", server_default="waiting")
    __table_args__ = (Index("ix_queue_places_order", "branch_id", "joined_at"),)


class Appointment(Base):
    """A half day that a customer has booked (G13); active until `closed_at`. `half`: am | pm.

    `closed_how`: changed | cancelled | came | missed | passed | ended.
    """

    __tablename__ = "appointments"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    branch_id: Mapped[str] = mapped_column(String(32))
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[str] = mapped_column(String(2))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    booked_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_how: Mapped[str | None] = mapped_column(String(16))
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("ix_appointments_half", "branch_id", "day", "half"),
        Index(
            "uq_appointments_active",
            "case_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
