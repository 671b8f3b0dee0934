"""A case (受理单): one business of one customer, with its engine state."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Case(Base):
    """`opened_at` is the first page shown; number and `started_at` come with the first submitted step."""

    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(24), unique=True)
    business: Mapped[str] = mapped_column(String(64))
    bundle_hash: Mapped[str] = mapped_column(String(64), ForeignKey("bundles.hash"))
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), index=True)
    branch_id: Mapped[str] = mapped_column(String(32))
    obligation_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("obligations.id"))
    exclusive: Mapped[bool]
    state: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    end_id: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(32))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
    __table_args__ = (
        Index(
            "uq_cases_pending",
            "customer_id",
            unique=True,
            sqlite_where=text("exclusive AND started_at IS NOT NULL AND ended_at IS NULL"),
            postgresql_where=text("exclusive AND started_at IS NOT NULL AND ended_at IS NULL"),
        ),
        Index(
            "uq_cases_opening",
            "customer_id",
            "business",
            unique=True,
            sqlite_where=text("started_at IS NULL AND ended_at IS NULL"),
            postgresql_where=text("started_at IS NULL AND ended_at IS NULL"),
        ),
    )


class CaseKey(Base):
    """The wrapped data key of a case's blobs; deleting the row shreds them."""

    __tablename__ = "case_keys"
    owner_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16))


class CaseNumber(Base):
    """The counter of a day's case numbers."""

    __tablename__ = "case_numbers"
    day: Mapped[str] = mapped_column(String(8), primary_key=True)
    last: Mapped[int]
