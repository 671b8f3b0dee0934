"""Forms that came after their session had slept in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class KeptForm(Base):
    """What somebody sent too late, until he has signed in again. `fields` is sealed under `kept_forms.fields`.

    `kind`: investor | staff. A person has one at most: the last.
    """

    __tablename__ = "kept_forms"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[str] = mapped_column(String(32))
    path: Mapped[str] = mapped_column(String(512))
    back: Mapped[str] = mapped_column(String(512))
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_kept_forms_person", "kind", "person_id", unique=True),)
