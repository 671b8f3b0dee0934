"""A trial that is on its way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class TrialRun(Base):
    """How far a trial has come: `done` of `total`, which is 0 until the first is known.

    `subject` is what is tried: a version whose scenarios are played, or what a version would mean for running cases.
    `id` names this run among those of the subject. `beat_at` is when it last said anything; `broken_at` when it broke.
    """

    __tablename__ = "trial_runs"
    subject: Mapped[str] = mapped_column(String(96), primary_key=True)
    id: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    beat_at: Mapped[datetime] = mapped_column(Moment)
    done: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    broken_at: Mapped[datetime | None] = mapped_column(Moment)
