"""The company's record, its branches and its staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class CompanyRow(Base):
    """The one company of this installation; `record` is the document that `engine.company` reads."""

    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[dict[str, object]] = mapped_column(JSON)
    demonstration: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(Moment)


class CompanyChange(Base):
    """One time that the record was changed: by whom, and each place with what stood there and what stands there now."""

    __tablename__ = "company_changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[list[str]]] = mapped_column(JSON)


class Branch(Base):
    """A branch (营业部)."""

    __tablename__ = "branches"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(64))


class Staff(Base):
    """A person of the company. `roles` is a list of role ids, which are lane ids.

    `locked_by` is an actor's key. `one_time_until` is there while the password was given by somebody else: until then
    it may be used, and only to choose another one.
    """

    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    password: Mapped[str] = mapped_column(String(128))
    roles: Mapped[list[str]] = mapped_column(JSON)
    branch_id: Mapped[str] = mapped_column(String(32), ForeignKey("branches.id"))
    locked_at: Mapped[datetime | None] = mapped_column(Moment)
    locked_by: Mapped[str | None] = mapped_column(String(64))
    one_time_until: Mapped[datetime | None] = mapped_column(Moment)
    signed_in_at: Mapped[datetime | None] = mapped_column(Moment)
