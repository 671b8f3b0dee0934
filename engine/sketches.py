"""Sketches: a business that analysts are changing, saved as they go; what a colleague saved is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine import audit, proposals
from engine.actors import Actor
from engine.bundles.choosing import in_use
from engine.bundles.manifest import bundle_hash, pack, unpack
from engine.bundles.versions import ANALYST
from engine.errors import Gone, NotYours, Refused
from engine.store import Store
from engine.tables import Play, Sketch

MOST = 50
"""Open sketches of one business: each holds all its files."""


@dataclass(frozen=True)
class Seen:
    """A sketch as somebody saw it: the number of the save that he looks at."""

    id: str
    version: int


class SavedMeanwhile(Refused):
    """A colleague saved this sketch since it was opened; nothing was written."""

    def __init__(self, by: str, at: datetime, version: int) -> None:
        super().__init__(f"saved meanwhile: version {version}")
        self.by, self.at, self.version = by, at, version


class TooMany(Refused):
    """The business has as many open sketches as are kept."""


def begin(store: Store, business: str, files: Mapping[str, bytes], by: Actor, *, base: str | None) -> str:
    """A new sketch of these files, begun from the version `base`; its id. NotYours, TooMany."""

    def work(tx: Session) -> str:
        if len(of_business(tx, business)) >= MOST:
            raise TooMany
        now = store.clock.now()
        row = Sketch(id=store.ids.new(), business=business, base_hash=base, version=1, by=by.id, at=now)
        _put(row, files, by, now)
        tx.add(row)
        _record(store, tx, by, "sketch.begin", row)
        return row.id

    _analysts_only(by)
    return store.unit(work)


def save(store: Store, seen: Seen, changed: Mapping[str, bytes | None], by: Actor) -> int:
    """Put these files into the sketch, or take out those that are None; the number of the save.

    SavedMeanwhile when another save came between.
    """

    def work(tx: Session) -> int:
        row = _as_seen(tx, seen)
        row.version += 1
        files = {**files_of(row), **changed}
        _put(row, {path: data for path, data in files.items() if data is not None}, by, store.clock.now())
        return row.version

    _analysts_only(by)
    return store.unit(work)


def fork(store: Store, sketch_id: str, changed: Mapping[str, bytes], by: Actor) -> str:
    """A sketch of one's own, beside this one: its files with these in their place. Gone, TooMany."""
    with store.read() as tx:
        row = _there(tx.get(Sketch, sketch_id))
        business, files, base = row.business, files_of(row), row.base_hash
    return begin(store, business, {**files, **changed}, by, base=base)


def hand_in(store: Store, seen: Seen, by: Actor) -> str:
    """Make a proposal of it, against the version that it was begun from; the sketch is done with. The proposal's id."""

    def work(tx: Session) -> str:
        row = _as_seen(tx, seen)
        proposal = proposals.keep(store, tx, row.business, files_of(row), by, over=row.base_hash)
        _gone(tx, row)
        return proposal

    _analysts_only(by)
    return store.unit(work)


def discard(store: Store, seen: Seen, by: Actor) -> None:
    """Throw it away. SavedMeanwhile when a colleague has put work into it since it was looked at."""

    def work(tx: Session) -> None:
        row = _as_seen(tx, seen)
        _record(store, tx, by, "sketch.discard", row)
        _gone(tx, row)

    _analysts_only(by)
    store.unit(work)


def of_business(tx: Session, business: str | None = None) -> list[Sketch]:
    """The open sketches, the one that was saved last first."""
    found = select(Sketch).where(Sketch.business == business) if business else select(Sketch)
    return list(tx.scalars(found.order_by(Sketch.saved_at.desc(), Sketch.id)))


def files_of(row: Sketch) -> dict[str, bytes]:
    """The files as they were saved last."""
    return unpack(row.files, row.bundle_hash)


def is_overtaken(tx: Session, row: Sketch, at: datetime) -> bool:
    """Whether another version came into use since it was begun."""
    return in_use(tx, row.business, at) != row.base_hash


def _put(row: Sketch, files: Mapping[str, bytes], by: Actor, now: datetime) -> None:
    row.bundle_hash, row.files = bundle_hash(files), pack(files)
    row.saved_by, row.saved_at = by.id, now


def _gone(tx: Session, row: Sketch) -> None:
    """With what was played of it."""
    tx.execute(delete(Play).where(Play.sketch_id == row.id))
    tx.delete(row)


def _as_seen(tx: Session, seen: Seen) -> Sketch:
    row = _there(tx.get(Sketch, seen.id, with_for_update=True))
    if row.version != seen.version:
        raise SavedMeanwhile(row.saved_by, row.saved_at, row.version)
    return row


def _there(row: Sketch | None) -> Sketch:
    if row is None:
        raise Gone("no such sketch")
    return row


def _record(store: Store, tx: Session, by: Actor, action: str, row: Sketch) -> None:
    said = {"business": row.business, "sketch": row.id, "over": row.base_hash}
    audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, action, said, store.clock.now())


def _analysts_only(by: Actor) -> None:
    if ANALYST not in by.roles:
        raise NotYours("only an analyst draws")
