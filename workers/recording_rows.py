"""Between the rows of a recording and the film: chunks are opened one by one, pieces are sealed as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from engine import calls, films, recordings
from engine.actors import SYSTEM
from engine.recordings import Fault
from engine.tables import CallChunk, Recording, VideoCall
from engine.vault import KeyMissing, Tampered
from workers.service import Effect

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store
    from workers.media.remux import Part

Unread = dict[tuple[int, int], Fault]
Make = Callable[["Store", VideoCall, list[CallChunk]], Recording]


def joined(store: Store, call_id: str) -> Effect | None:
    """The effect that writes the film of what the verifier's page has sent so far."""
    return filmed(store, call_id, _join)


def filmed(store: Store, call_id: str, make: Make) -> Effect | None:
    """The effect that writes the film of what has arrived so far; None when it is there already, or was shredded."""
    with store.read() as tx:
        call, rows = tx.get(VideoCall, call_id), recordings.chunks(tx, call_id)
        done = recordings.joined(tx, call_id)
    if call is None or not rows or (done is not None and done.chunks >= len(rows)):
        return None
    film = make(store, call, rows)
    return lambda tx: write(store, tx, film)


def _join(store: Store, call: VideoCall, rows: list[CallChunk]) -> Recording:
    """Outside any transaction: it takes as long as the film is long."""
    from workers.media.pieces import Pieces
    from workers.media.remux import join

    unread: Unread = {}
    pieces = Pieces(partial(sealed, store, call.case_id))
    made = join(_parts(store, rows, unread), pieces)
    names = pieces.names()
    with store.read() as tx:
        chain = recordings.faults(tx, call)
    found = [
        *chain,
        *unread.values(),
        *(Fault(each, 0, "unreadable") for each in made.unreadable),
        *(Fault(each, 0, "cut") for each in made.cut),
    ]
    told = [asdict(one) for one in found]
    return Recording(
        call_id=call.id, case_id=call.case_id, size=pieces.size, duration_ms=made.duration_ms, pieces=names,
        digest=films.digest_of(names), parts=[asdict(one) for one in made.placed], faults=told,
        chunks=len(rows), head=rows[-1].chain, made_at=store.clock.now(),
    )  # fmt: skip


def _parts(store: Store, rows: list[CallChunk], unread: Unread) -> list[Part]:
    from workers.media.remux import Part

    return [Part(part, partial(opened, store, mine, unread)) for part, mine in by_part(rows).items()]


def by_part(rows: list[CallChunk]) -> dict[int, list[CallChunk]]:
    """The chunks of each part in their order."""
    ordered = groupby(sorted(rows, key=lambda row: (row.part, row.n)), key=lambda row: row.part)
    return {part: list(mine) for part, mine in ordered}


def sealed(store: Store, case_id: str, data: bytes) -> str:
    """A piece of a film is put by itself: no transaction lasts as long as a film."""
    with store.read() as tx:
        return store.vault.blobs.put(tx, case_id, data)


def opened(store: Store, rows: list[CallChunk], unread: Unread) -> Iterator[bytes]:
    """What is in the chunks, one look for each; those that cannot be opened are noted in `unread` and left out."""
    for row in rows:
        try:
            with store.read() as tx:
                data = store.vault.blobs.get(tx, row.case_id, row.blob)
            yield data
        except Tampered:
            unread[row.part, row.n] = Fault(row.part, row.n, "changed")
        except KeyMissing:
            unread[row.part, row.n] = Fault(row.part, row.n, "missing")


def write(store: Store, tx: Session, film: Recording) -> None:
    """A film of more chunks takes the place of one of fewer; the case's audit says what it was made of."""
    call = tx.get(VideoCall, film.call_id, with_for_update=True)
    done = tx.get(Recording, film.call_id, populate_existing=True)
    if call is None or (done is not None and done.chunks >= film.chunks):
        return
    tx.merge(film)
    tx.flush()
    body: dict[str, object] = {"chunks": film.chunks, "head": film.head, "digest": film.digest}
    calls.write_down(store, tx, call, SYSTEM, "recording_joined", body, film.made_at)
