"""Between the rows of a call that a media server recorded and its film: tracks are opened, pieces are sealed."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from engine import films, recordings
from engine.recordings import Fault
from engine.tables import CallChunk, CallPart, Case, Recording, VideoCall
from workers.recording_rows import Unread, by_part, filmed, opened, sealed
from workers.service import Effect

if TYPE_CHECKING:
    from engine.store import Store
    from workers.media.side_by_side import Composed
    from workers.media.tracks import Track


def composed(store: Store, call_id: str) -> Effect | None:
    """The effect that writes the film of what was taken in from the media server."""
    return filmed(store, call_id, _composed)


def _composed(store: Store, call: VideoCall, rows: list[CallChunk]) -> Recording:
    """Outside any transaction: it takes as long as the film is long."""
    from workers.media.pieces import Pieces
    from workers.media.side_by_side import compose

    unread: Unread = {}
    with store.read() as tx:
        parts, chain = recordings.parts(tx, call.id), recordings.faults(tx, call)
        number = tx.get_one(Case, call.case_id).number or ""
    pictures, voices = _tracks(store, parts, by_part(rows), unread)
    pieces = Pieces(partial(sealed, store, call.case_id))
    made = compose(pictures, voices, number, pieces)
    names = pieces.names()
    unreadable = [Fault(part, 0, "unreadable") for part in made.unreadable]
    told = [asdict(one) for one in [*chain, *unread.values(), *unreadable]]
    return Recording(
        call_id=call.id, case_id=call.case_id, size=pieces.size, duration_ms=made.duration_ms, pieces=names,
        digest=films.digest_of(names), parts=_placed(made, parts), faults=told,
        chunks=len(rows), head=rows[-1].chain, made_at=store.clock.now(),
    )  # fmt: skip


def _tracks(
    store: Store, parts: list[CallPart], rows: dict[int, list[CallChunk]], unread: Unread
) -> tuple[list[Track], list[Track]]:
    """Pictures and voices; a track is named when, whose and what: `1764400000000-investor-video-1`."""
    from workers.media.tracks import Track

    found: dict[str, list[Track]] = {"video": [], "audio": []}
    for part in parts:
        _, side, kind, _ = f"{part.track}---".split("-", 3)
        if kind in found and part.part in rows:
            found[kind].append(Track(part.part, side, partial(opened, store, rows[part.part], unread)))
    return found["video"], found["audio"]


def _placed(made: Composed, parts: list[CallPart]) -> list[dict[str, int]]:
    """All tracks lie in the film by their times: of the first part it is said where it began, so of every moment."""
    if not made.duration_ms:
        return []
    first = parts[0]
    start = max(0, round(first.began_at.timestamp() * 1000 - made.zero * 1000))
    return [{"part": first.part, "start_ms": start, "duration_ms": max(0, made.duration_ms - start)}]
