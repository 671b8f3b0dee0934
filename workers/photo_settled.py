"""Photographs that a step hands in at once: looked at and read before they are judged, in one job."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.cases.holding import holding
from workers.photo_rows import looked_at, newest, verdict_of
from workers.photo_text import recognised
from workers.service import Effect, JobContext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def settled(job: JobContext, slots: Iterable[str]) -> tuple[str, Effect]:
    """`ok` or `retake` for the newest photograph of each slot, once nothing of them waits any more.

    What is seen and read is kept at once, as the uploads' own jobs keep it: whoever comes second finds it done.
    """
    wanted = list(slots)
    for photo in newest(job.store, job.case_id, wanted):
        _keep(job, looked_at(job.store, photo.id, give_up=job.last))
        _keep(job, recognised(job, photo.id))
    return verdict_of(job.store, job.case_id, wanted, give_up=job.last)


def _keep(job: JobContext, effect: Effect | None) -> None:
    def work(tx: Session) -> None:
        assert effect is not None
        holding(job.store, tx, job.case_id)
        effect(tx)

    if effect is not None:
        job.store.unit(work)
