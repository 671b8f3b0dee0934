"""Migrations: which running cases were to be put on which version, and what became of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Migration(Base):
    """One order to migrate. `homes` says what elements that are gone become; `by` is the key of who ordered it."""

    __tablename__ = "migrations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    business: Mapped[str] = mapped_column(String(64))
    to_hash: Mapped[str] = mapped_column(String(64), ForeignKey("bundles.hash"))
    homes: Mapped[dict[str, str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_migrations_business", "business", "at"),)


class MigratedCase(Base):
    """One case of a migration, chosen when it was ordered; `result` is null until it was tried.

    `result`: moved | untouched (nothing but texts and forms differs) | needs_mapping | blocked | held. `causes` says
    why not, or what it means. `before` is the state that undoing brings back, `carried` what else was changed, and
    `version` the case's own after it: as long as that has not grown, nothing has happened since.
    """

    __tablename__ = "migrated_cases"
    migration_id: Mapped[str] = mapped_column(String(32), ForeignKey("migrations.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), primary_key=True)
    from_hash: Mapped[str] = mapped_column(String(64), ForeignKey("bundles.hash"))
    result: Mapped[str | None] = mapped_column(String(16))
    causes: Mapped[list[list[object]] | None] = mapped_column(JSON)
    at: Mapped[datetime | None] = mapped_column(Moment)
    before: Mapped[str | None] = mapped_column(Text)
    before_digest: Mapped[str | None] = mapped_column(String(64))
    after_digest: Mapped[str | None] = mapped_column(String(64))
    carried: Mapped[dict[str, object] | None] = mapped_column(JSON)
    version: Mapped[int | None]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (Index("ix_migrated_cases_case", "case_id"),)
