"""Published versions: immutable rows, found again by their hash."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles.choosing import in_use, published
from engine.bundles.known import Known
from engine.bundles.loading import assemble
from engine.bundles.manifest import pack, unpack
from engine.bundles.model import Bundle
from engine.bundles.plans import AT_ONCE, Plan
from engine.errors import Gone
from engine.tables import BundleRow, Publication, Published

_KEPT = 64
_loaded: dict[tuple[str, Known], Bundle] = {}
_lock = Lock()


def publish(
    tx: Session,
    bundle: Bundle,
    note: str,
    author: str,
    at: datetime,
    *,
    plan: Plan = AT_ONCE,
    proposed: tuple[str, datetime] | None = None,
) -> None:
    """Store a checked bundle, once, and let new cases of its business take it, as planned.

    `proposed` is who made it and when. The version that everybody takes is not published again.
    """
    business = bundle.business.id
    if tx.get(BundleRow, bundle.hash) is None:
        tx.add(_row(bundle, note, author, at))
        tx.flush()
    if tx.get(Published, business, with_for_update=True) is None:
        tx.add(Published(business=business))
    elif in_use(tx, business, at) == bundle.hash:
        return
    by, when = proposed or (None, None)
    tx.add(
        Publication(
            business=business,
            bundle_hash=bundle.hash,
            note=note,
            author=author,
            at=at,
            proposed_by=by,
            proposed_at=when,
            starts_at=plan.starts_at,
            share=plan.share,
            branches=list(plan.branches) or None,
        )
    )
    tx.flush()


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


def businesses(tx: Session, known: Known, at: datetime, branch: str | None = None) -> list[Bundle]:
    """The version of every business that everybody (of a branch) takes, by the business's id."""
    names = tx.scalars(select(Published.business).order_by(Published.business)).all()
    return [bundle_of(tx, published(tx, name, at, branch=branch), known) for name in names]


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
