"""What colleagues say to each other about a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Comment(Base):
    """`text` is sealed under `comments.text`. No customer sees it.

    A comment is never changed, and goes with what is shredded.
    """

    __tablename__ = "comments"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    step: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[bytes] = mapped_column(LargeBinary)
