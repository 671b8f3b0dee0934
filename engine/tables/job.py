"""The outbox of service tasks, and the timers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Job(Base):
    """One service task to perform at least once and to count exactly once. `args` are ids and plain words only.

    `status`: due | sent | done | discarded | incident. `task_id` is null for a draft's job (an upload).
    """

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    task_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    service: Mapped[str] = mapped_column(String(64))
    args: Mapped[dict[str, object]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(16))
    attempt: Mapped[int]
    max_attempts: Mapped[int]
    run_after: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("ix_jobs_status", "status", "run_after"),)


class Timer(Base):
    """A waiting BPMN timer; the sweeper fires what is due."""

    __tablename__ = "timers"
    task_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    element: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Incident(Base):
    """A job that nobody could finish: an operator retries it, gives a result or lets it be."""

    __tablename__ = "incidents"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    job_id: Mapped[str] = mapped_column(String(32), ForeignKey("jobs.id"))
    cause: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    resolved_by: Mapped[str | None] = mapped_column(String(32))
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str | None] = mapped_column(Text)
