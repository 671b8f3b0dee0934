"""Photographs that a step hands in at once: read before they are judged, and judged without what nobody has read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.cases.holding import holding
from engine.photos import READING, WAITING
from workers.photo_rows import looked_at, newest, verdict_of
from workers.photo_text import left_unread, recognised
from workers.service import Effect, JobContext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.store import Store
    from engine.tables import Photo

SHEET = "sheet"


def read_now(job: JobContext, slots: Iterable[str]) -> None:
    """Look at and read the newest photograph of each slot, where nobody has yet.

    Each is kept at once, as the uploads' own jobs keep it: whoever comes second finds it done.
    """
    for photo in newest(job.store, job.case_id, slots):
        _keep(job, looked_at(job.store, photo.id, give_up=job.last))
        _keep(job, recognised(job, photo.id))


def nothing_to_read(store: Store, case_id: str, slots: Iterable[str], there: bool) -> bool:
    """No newest photograph of these slots waits for its text.

    A sheet of paper has no number to prove and is judged by its picture: for one that is not `there` it does not wait.
    """
    return not any(_waits(photo, there) for photo in newest(store, case_id, slots))


def settled(job: JobContext, slots: Iterable[str]) -> tuple[str, Effect]:
    """`ok` or `retake` for the newest photograph of each slot. One that still waits to be read goes without its text.

    The diagram asks for the reading before; where that could not be had, the customer types and a desk looks.
    """
    wanted = list(slots)
    for photo in newest(job.store, job.case_id, wanted):
        _keep(job, looked_at(job.store, photo.id, give_up=job.last))
        _keep(job, left_unread(job.store, photo.id))
    return verdict_of(job.store, job.case_id, wanted, give_up=job.last)


def _waits(photo: Photo, there: bool) -> bool:
    if photo.status == READING:
        return there or (photo.record or {}).get("kind") != SHEET
    return photo.status == WAITING


def _keep(job: JobContext, effect: Effect | None) -> None:
    def work(tx: Session) -> None:
        assert effect is not None
        holding(job.store, tx, job.case_id)
        effect(tx)

    if effect is not None:
        job.store.unit(work)
