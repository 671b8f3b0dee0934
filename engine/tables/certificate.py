"""Certificates, challenges and signatures (RFC 5280, RFC 6979 curves by WebCrypto)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Certificate(Base):
    """A certificate known to the CA, with the case in which it was issued, if any. `pem` is sealed."""

    __tablename__ = "certificates"
    serial: Mapped[str] = mapped_column(String(40), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("cases.id"))
    pem: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class Challenge(Base):
    """A random text to be signed once by the browser that holds the key."""

    __tablename__ = "challenges"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Signature(Base):
    """A verified signature over the hash of the exact texts and data; `statement` is the signed JSON, sealed."""

    __tablename__ = "signatures"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    task_id: Mapped[str] = mapped_column(String(36))
    serial: Mapped[str] = mapped_column(String(40))
    statement: Mapped[bytes] = mapped_column(LargeBinary)
    documents: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class Consent(Base):
    """A consent row (PIPL 14, 29): which text in which version, given by whom, when, from where."""

    __tablename__ = "consents"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(String(32))
    document: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
