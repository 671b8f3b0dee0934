"""Published versions: immutable rows, found again by their hash."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles.known import Known
from engine.bundles.loading import assemble
from engine.bundles.manifest import pack, unpack
from engine.bundles.model import Bundle
from engine.errors import Gone
from engine.tables import BundleRow, Publication, Published

_KEPT = 64
_loaded: dict[tuple[str, Known], Bundle] = {}
_lock = Lock()


def publish(tx: Session, bundle: Bundle, note: str, author: str, at: datetime) -> None:
    """Store a checked bundle, once, and let new cases of its business take it."""
    business = bundle.business.id
    if tx.get(BundleRow, bundle.hash) is None:
        tx.add(_row(bundle, note, author, at))
        tx.flush()
    current = tx.get(Published, business, with_for_update=True)
    if current is not None and current.bundle_hash == bundle.hash:
        return
    tx.add(Publication(business=business, bundle_hash=bundle.hash, note=note, author=author, at=at))
    if current is None:
        tx.add(Published(business=business, bundle_hash=bundle.hash))
    else:
        current.bundle_hash = bundle.hash
    tx.flush()


def published(tx: Session, business: str) -> str:
    """The hash of the version that new cases of a business take; Gone when it has none."""
    row = tx.get(Published, business)
    if row is None:
        raise Gone(f"no published version of {business!r}")
    return row.bundle_hash


def bundle_of(tx: Session, hash: str, known: Known) -> Bundle:
    """The bundle of this hash; Gone when it was never published, ValueError when its row was changed."""
    found = _loaded.get((hash, known))
    if found is None:
        found = _load(tx, hash, known)
        with _lock:
            _loaded[hash, known] = found
            while len(_loaded) > _KEPT:
                del _loaded[next(iter(_loaded))]
    return found


def businesses(tx: Session, known: Known) -> list[Bundle]:
    """The published version of every business, by the business's id."""
    hashes = tx.scalars(select(Published.bundle_hash).order_by(Published.business)).all()
    return [bundle_of(tx, each, known) for each in hashes]


def _row(bundle: Bundle, note: str, author: str, at: datetime) -> BundleRow:
    return BundleRow(
        hash=bundle.hash,
        business=bundle.business.id,
        process_hash=bundle.process_hash,
        files=pack(bundle.files),
        note=note,
        author=author,
        published_at=at,
    )


def _load(tx: Session, hash: str, known: Known) -> Bundle:
    row = tx.get(BundleRow, hash)
    if row is None:
        raise Gone(f"no bundle {hash!r}")
    return assemble(unpack(row.files, hash), row.business, known)
