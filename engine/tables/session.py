"""Sessions that can be revoked, sign-in codes, and the limits on trying."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class SessionRow(Base):
    """`id` is the SHA-256 of the cookie's token. `kind`: investor | staff."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInCode(Base):
    """An SMS code that was sent: hashed, five minutes, five wrong tries, once. `person`: the ID's blind index.

    `shown`: the masked phone that the page says it was sent to, made up for a number that nobody has.
    """

    __tablename__ = "sign_in_codes"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    shown: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    wrong: Mapped[int]
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class PictureCode(Base):
    """A picture code that was drawn: hashed, single use."""

    __tablename__ = "picture_codes"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """One try that a limit counts: `what` names the limit, `key` is hashed."""

    __tablename__ = "attempts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    what: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_attempts_key", "what", "key", "at"),)


class SmsMessage(Base):
    """What the local SMS driver was given; `id` is the idempotency key. Text and phone are sealed."""

    __tablename__ = "sms_messages"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class OutgoingText(Base):
    """A sign-in code on its way to a phone; phone and text are sealed, and blank once it is over.

    `status`: due | sent | failed | nobody (a number that nobody has gets a row too, and no text). `id` is the key
    under which the gateway sends it once. `run_after`: when it may be tried, or was leased until.
    """

    __tablename__ = "outgoing_texts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(16))
    attempt: Mapped[int]
    run_after: Mapped[datetime] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("ix_outgoing_texts_status", "status", "run_after"),)
