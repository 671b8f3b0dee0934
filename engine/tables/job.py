"""The outbox of service tasks, and the timers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment

LIVE = text("ended_at IS NULL")
AWAITED = text("ended_at IS NULL AND task_id IS NOT NULL")


class Job(Base):
    """One service task to perform at least once and to count exactly once. `args` are ids and plain words only.

    `status`: due | sent | done | discarded | incident. `task_id` is null for a draft's job (an upload), and so is
    `element`, the service task of the diagram. `attempt` only ever grows; a retry raises `max_attempts`.
    """

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    task_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    element: Mapped[str | None] = mapped_column(String(64))
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
    __table_args__ = (
        Index("ix_jobs_status", "status", "run_after", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_jobs_awaited", "case_id", "status", sqlite_where=AWAITED, postgresql_where=AWAITED),
    )


class Try(Base):
    """One attempt of a job: when it was sent, when and how it ended. None stays of a job that its first one answered.

    `error` is null for an answer. `taken` is false where no worker came for it, and in rows of older versions.
    """

    __tablename__ = "tries"
    job_id: Mapped[str] = mapped_column(String(32), ForeignKey("jobs.id"), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    taken: Mapped[bool] = mapped_column(server_default=false())
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  kept once, in its key: not in a table and an index


class Timer(Base):
    """A waiting BPMN timer; the sweeper fires what is due."""

    __tablename__ = "timers"
    task_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    element: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Incident(Base):
    """A job that nobody could finish: an operator retries it, gives a result or lets it be.

    `how`: retry | result | left, by whom `resolved_by` names; late (the worker answered after all) | moot (the case
    went on without it), by nobody.
    """

    __tablename__ = "incidents"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    job_id: Mapped[str] = mapped_column(String(32), ForeignKey("jobs.id"), index=True)
    cause: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    resolved_by: Mapped[str | None] = mapped_column(String(32))
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    how: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index(
            "ix_incidents_open",
            "at",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )
