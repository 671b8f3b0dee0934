"""Plays: what an analyst plays through of a draft, kept at each move, so that no crash loses any of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.bundles.versions import ANALYST
from engine.errors import Gone, NotYours, Refused
from engine.scenarios.recorded import Recorded
from engine.scenarios.walking import Stand
from engine.store import Store
from engine.tables import Play, Sketch


class MovedMeanwhile(Refused):
    """This play has moved since it was looked at: sent twice, or from a second window. Nothing was written."""


@dataclass(frozen=True)
class Moved:
    """A recording, where it has come to, and on which files."""

    recorded: Recorded
    stand: Stand
    bundle_hash: str


def of(tx: Session, sketch_id: str, by: str) -> Play | None:
    """The play of this person, if he has begun one."""
    return tx.get(Play, (sketch_id, by))


def recorded_of(row: Play) -> Recorded:
    return Recorded.of(json.loads(row.recorded))


def stand_of(row: Play) -> Stand:
    return Stand.of(json.loads(row.stand))


def keep(store: Store, sketch_id: str, seen: int, moved: Moved, by: Actor) -> None:
    """Write the play as it is now; `seen` is the number of the move that he looked at, 0 before the first.

    Gone when the draft is handed in or thrown away, MovedMeanwhile, NotYours for who is no analyst.
    """

    def work(tx: Session) -> None:
        if tx.get(Sketch, sketch_id, with_for_update=True) is None:
            raise Gone("no such sketch")
        now = store.clock.now()
        row = tx.get(Play, (sketch_id, by.id)) or Play(sketch_id=sketch_id, by=by.id, version=0, at=now)
        if row.version != seen:
            raise MovedMeanwhile
        row.version += 1
        row.bundle_hash, row.saved_at = moved.bundle_hash, now
        row.recorded, row.stand = _text(moved.recorded.plain()), _text(moved.stand.plain())
        tx.add(row)

    if ANALYST not in by.roles:
        raise NotYours("only an analyst plays a draft")
    store.unit(work)


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
