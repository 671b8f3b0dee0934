"""The inbox: one row for each user task that was ever open, with its claim."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment

OPEN = text("closed_at IS NULL")
DONE_AT_A_DESK = text("closed_at IS NOT NULL AND role <> 'investor'")
"""As the index of what a branch has done says it: a statement that is to use the index says the same."""


class Task(Base):
    """A projection of the engine's READY user tasks, written in the same transaction as the state.

    `preferred_by` is the colleague for whom the task is kept until `preferred_until`: whoever rejected before, or whom
    a supervisor named.
    """

    __tablename__ = "tasks"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"))
    step: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(32))
    branch_id: Mapped[str] = mapped_column(String(32))
    round: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[str | None] = mapped_column(String(32))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    preferred_by: Mapped[str | None] = mapped_column(String(32))
    preferred_until: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str | None] = mapped_column(String(32))
    closed_how: Mapped[str | None] = mapped_column(String(16))
    __table_args__ = (
        Index("ix_tasks_queue", "role", "branch_id", "opened_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_tasks_desk", "branch_id", "closed_at", sqlite_where=DONE_AT_A_DESK, postgresql_where=DONE_AT_A_DESK),
        Index("ix_tasks_open", "case_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_tasks_step", "case_id", "step", "round"),
    )
