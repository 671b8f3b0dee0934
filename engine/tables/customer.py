"""The local account system's people: customers, their cards and pictures on file, their obligations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class Customer(Base):
    """Sealed columns hold text sealed by the vault under `customers.<column>`; `id_index` is its blind index."""

    __tablename__ = "customers"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id_index: Mapped[str] = mapped_column(String(64), unique=True)
    id_number: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[bytes] = mapped_column(LargeBinary)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    account_number: Mapped[bytes] = mapped_column(LargeBinary)
    account_type: Mapped[str] = mapped_column(String(32))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    issuer: Mapped[bytes] = mapped_column(LargeBinary)
    id_valid_from: Mapped[date | None]
    id_valid_until: Mapped[date | None]
    id_long_term: Mapped[bool]
    branch_id: Mapped[str] = mapped_column(String(32), ForeignKey("branches.id"))


class FiledCard(Base):
    """A bank card on file (预留): the card a settlement account is linked to, until it is removed."""

    __tablename__ = "filed_cards"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), index=True)
    bank: Mapped[str] = mapped_column(String(16))
    outlet: Mapped[bytes] = mapped_column(LargeBinary)
    number: Mapped[bytes] = mapped_column(LargeBinary)
    linked: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class FiledPhoto(Base):
    """A picture that the cloud already holds for a slot (S16)."""

    __tablename__ = "filed_photos"
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    blob: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class Obligation(Base):
    """Something a customer still has to sign (补签协议), not started until he starts it (G6)."""

    __tablename__ = "obligations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(32), ForeignKey("customers.id"), index=True)
    business: Mapped[str] = mapped_column(String(64))
    forced: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class AppliedChange(Base):
    """What an account system answered last under an idempotency key: applied | refused | withdrawn.

    Of a refusal `code` says why. Of what the local system applied it is an index by which it knows that change again.
    """

    __tablename__ = "applied_changes"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    result: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
