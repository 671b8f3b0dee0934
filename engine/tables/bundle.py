"""Published versions of a business: immutable, named by their hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class BundleRow(Base):
    """`files` is a zip of the manifest's files; `process_hash` names the process files alone."""

    __tablename__ = "bundles"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    business: Mapped[str] = mapped_column(String(64), index=True)
    process_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Moment)


class Published(Base):
    """The version that new cases of a business take."""

    __tablename__ = "published"
    business: Mapped[str] = mapped_column(String(64), primary_key=True)
    bundle_hash: Mapped[str] = mapped_column(String(64), ForeignKey("bundles.hash"))
