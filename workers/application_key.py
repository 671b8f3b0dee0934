"""The key under which the account system knows an application."""

from __future__ import annotations

from sqlalchemy import select

from engine.tables import Signature
from workers.service import JobContext


def application_key(job: JobContext) -> str:
    """The newest signature of the case: what was corrected is signed again, and is another application.

    A case in which nothing is signed is its own key.
    """
    mine = select(Signature.id).where(Signature.case_id == job.case_id)
    with job.store.read() as tx:
        newest = tx.scalars(mine.order_by(Signature.at.desc(), Signature.id.desc()).limit(1)).first()
    return newest or job.case_id
