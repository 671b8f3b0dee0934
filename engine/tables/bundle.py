"""Published versions of a business: immutable, named by their hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class BundleRow(Base):
    """`files` is a zip of the manifest's files; `process_hash` names the process files alone.

    Note, author and time are those of its first publication.
    """

    __tablename__ = "bundles"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    business: Mapped[str] = mapped_column(String(64), index=True)
    process_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Moment)


class Published(Base):
    """A business that has a version: the row that whoever decides about its versions holds meanwhile."""

    __tablename__ = "published"
    business: Mapped[str] = mapped_column(String(64), primary_key=True)


class Publication(Base):
    """One time that a bundle became a version for new cases, and whether that was taken back; never deleted.

    `author` published it at `at`; `proposed_by` made it, where that is on record. It counts from `starts_at` (null: at
    once). `share` (percent) or `branches`: only these new cases take it until `widened_at`. `engine.bundles.choosing`
    alone reads from these rows which version a case takes.
    """

    __tablename__ = "publications"
    id: Mapped[int] = mapped_column(primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    bundle_hash: Mapped[str] = mapped_column(String(64), ForeignKey("bundles.hash"))
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    proposed_by: Mapped[str | None] = mapped_column(String(64))
    proposed_at: Mapped[datetime | None] = mapped_column(Moment)
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    share: Mapped[int | None]
    branches: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    widened_at: Mapped[datetime | None] = mapped_column(Moment)
    widened_by: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(String(64))
    withdrawn_note: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_publications_business", "business", "id"),)
