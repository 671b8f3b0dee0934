"""obligation.settle: what the customer had to sign is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.service import JobContext, Result, service

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@service(
    "obligation.settle",
    results={"obligation.settled": bool},
    title="登记协议已补签",
    title_en="Record the agreement as signed",
)
def settle(job: JobContext) -> Result:
    """Mark the obligation of this case as done; a case that has none settles nothing."""
    return Result({"obligation.settled": True}, lambda tx: _settle(job, tx))


def _settle(job: JobContext, tx: Session) -> None:
    from engine.accounts import settle_obligation
    from engine.tables import Case

    obligation_id = tx.get_one(Case, job.case_id).obligation_id
    if obligation_id is not None:
        settle_obligation(tx, job.store.clock.now(), obligation_id)
