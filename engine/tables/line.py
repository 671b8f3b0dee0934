"""What is kept of the line of the video desk: every change of a place, and which verifiers are there to call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class QueueEvent(Base):
    """One change of a place in line: what happened, from which state to which, who did it. Rows are only added.

    `by` is a customer, one of the staff, or `system`. `booked`: he was called before walk-ins, in his half day.
    """

    __tablename__ = "queue_events"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    branch_id: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    task_id: Mapped[str] = mapped_column(String(36))
    what: Mapped[str] = mapped_column(String(16))
    was: Mapped[str] = mapped_column(String(16))
    became: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    booked: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index("ix_queue_events_branch", "branch_id", "what", "id"),
        Index("ix_queue_events_task_id", "task_id"),
    )


class Presence(Base):
    """Whether a verifier takes calls, as he said last: online | break | offline, since when; `seen_at`: his page.

    Whether he is busy is not kept: he is while he has a call.
    """

    __tablename__ = "presences"
    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    branch_id: Mapped[str] = mapped_column(String(32), index=True)
    state: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
