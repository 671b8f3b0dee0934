"""What was submitted and what is still a draft; both sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Submission(Base):
    """One accepted intention. `id` is the nonce of the rendered form; the digest tells a replay from a reuse.

    `outcome` is the answer that was given, so that a replay is answered alike.
    """

    __tablename__ = "submissions"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"))
    task_id: Mapped[str] = mapped_column(String(36))
    step: Mapped[str] = mapped_column(String(64))
    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[dict[str, object]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_submissions_step", "case_id", "step", "round"), {"sqlite_with_rowid": False})


class Draft(Base):
    """What a person typed and has not submitted; kept by 上一步, by another device, by an expired session."""

    __tablename__ = "drafts"
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str] = mapped_column(String(32), primary_key=True)
    values: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Moment)


class Rejection(Base):
    """One reason of one rejection: where it came from, what it asks again, and whether that is done."""

    __tablename__ = "rejections"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    desk: Mapped[str] = mapped_column(String(64))
    task_id: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(String(64))
    step: Mapped[str] = mapped_column(String(64))
    field: Mapped[str | None] = mapped_column(String(64))
    customer_text: Mapped[bytes] = mapped_column(LargeBinary)
    internal_note: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index(
            "ix_rejections_open",
            "case_id",
            "step",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )
