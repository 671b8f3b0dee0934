"""The versions of a business: who published what, when and why; what was taken back; what new cases take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.audit import actor_chain, record
from engine.bundles.model import Bundle
from engine.bundles.publishing import publish
from engine.errors import Gone, NotYours, NoVersionBefore, Overtaken, Unchanged
from engine.store import Store
from engine.tables import Publication, Published, Staff

ANALYST = "analyst"
Also = Callable[[Session], None]


@dataclass(frozen=True)
class Signed:
    """Who did something to a version, when, and with which note; `name` is what people call him."""

    by: str
    name: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Version:
    """One publication. `number` counts those of the business from 1; `current` is the one that new cases take."""

    number: int
    hash: str
    published: Signed
    withdrawn: Signed | None
    current: bool


def versions(tx: Session, business: str) -> list[Version]:
    """Every publication of a business, the latest first."""
    rows = _publications(tx, business)
    standing = [row.id for row in rows if row.withdrawn_at is None]
    return [_version(tx, number, row, row.id in standing[-1:]) for number, row in enumerate(rows, start=1)][::-1]


def release(
    store: Store, bundle: Bundle, note: str, by: Actor, *, over: str | None, also: Also = lambda tx: None
) -> None:
    """Let new cases take this checked bundle instead of the version `over`, with which it was compared.

    `also` is written in the same unit. Raises NotYours for who is no analyst, Unchanged for the version in use,
    Overtaken when another one came between.
    """

    def work(tx: Session) -> None:
        _expect(tx, bundle.business.id, over)
        if bundle.hash == over:
            raise Unchanged
        publish(tx, bundle, note, _author(by), store.clock.now())
        also(tx)
        _record(store, tx, by, "publish", business=bundle.business.id, bundle=bundle.hash, before=over, note=note)

    _analysts_only(by)
    store.unit(work)


def withdraw(store: Store, business: str, note: str, by: Actor, *, version: str) -> str:
    """Take back the version in use: new cases take the one before, whose hash is returned; running ones stay.

    Raises NotYours, Overtaken when `version` is not the one in use, NoVersionBefore when there is no other.
    """

    def work(tx: Session) -> str:
        _expect(tx, business, version)
        *_, before, last = _standing(tx, business)
        last.withdrawn_at, last.withdrawn_by, last.withdrawn_note = store.clock.now(), _author(by), note
        tx.get_one(Published, business).bundle_hash = before.bundle_hash
        _record(store, tx, by, "withdraw", business=business, bundle=version, now=before.bundle_hash, note=note)
        return before.bundle_hash

    _analysts_only(by)
    return store.unit(work)


def _publications(tx: Session, business: str) -> list[Publication]:
    """Oldest first."""
    return list(tx.scalars(select(Publication).where(Publication.business == business).order_by(Publication.id)))


def _standing(tx: Session, business: str) -> list[Publication]:
    """Those that were not taken back, at least two."""
    rows = [row for row in _publications(tx, business) if row.withdrawn_at is None]
    if len(rows) < 2:
        raise NoVersionBefore
    return rows


def _expect(tx: Session, business: str, hash: str | None) -> None:
    """The version in use is the one that the person looked at, and stays so until the unit ends."""
    row = tx.get(Published, business, with_for_update=True)
    if row is None and hash is not None:
        raise Gone(f"no published version of {business!r}")
    if row is not None and row.bundle_hash != hash:
        raise Overtaken(row.bundle_hash)


def _version(tx: Session, number: int, row: Publication, current: bool) -> Version:
    published = _signed(tx, row.author, row.at, row.note)
    if row.withdrawn_at is None:
        return Version(number, row.bundle_hash, published, None, current)
    withdrawn = _signed(tx, row.withdrawn_by or "", row.withdrawn_at, row.withdrawn_note or "")
    return Version(number, row.bundle_hash, published, withdrawn, False)


def _signed(tx: Session, by: str, at: datetime, note: str) -> Signed:
    member = tx.get(Staff, by.removeprefix("staff:")) if by.startswith("staff:") else None
    return Signed(by, member.name if member else by, at, note)


def _author(by: Actor) -> str:
    """A member of staff by his key, since names change; an operator by the name that he gave."""
    return by.name if by.kind == "system" else by.key


def _record(store: Store, tx: Session, by: Actor, action: str, **said: str | None) -> None:
    record(tx, store.vault, actor_chain(by.key), by.key, action, said, store.clock.now())


def _analysts_only(by: Actor) -> None:
    if by.kind != "system" and ANALYST not in by.roles:
        raise NotYours("only an analyst publishes")
