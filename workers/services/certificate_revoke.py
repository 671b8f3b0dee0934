"""certificate.revoke: a case that ended badly leaves no certificate behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.services import ByHand
from workers.service import Impossible, JobContext, Result, service

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


STAYS = ByHand(
    {"certificate.revoked": False},
    "证书没有吊销，另行处理；业务继续",
    "The certificate is not revoked and is dealt with elsewhere; the case goes on",
)


@service(
    "certificate.revoke",
    results={"certificate.revoked": bool},
    title="吊销本次签发的证书",
    title_en="Revoke the certificate issued in this case",
    by_hand=(STAYS,),
)
def revoke(job: JobContext) -> Result:
    """Revoke what was issued in this case, at the authority and in the register."""
    return Result({"certificate.revoked": True}, lambda tx: _revoke(job, tx))


def _revoke(job: JobContext, tx: Session) -> None:
    from sqlalchemy import select

    from engine.pki.register import revoke_case
    from engine.tables import Certificate

    issued = tx.scalar(select(Certificate.serial).where(Certificate.case_id == job.case_id).limit(1))
    if issued is None:
        return
    if job.authority is None:
        raise Impossible("a certificate was issued in this case, but this worker knows no authority to revoke it")
    revoke_case(tx, job.authority, job.store.clock.now(), job.case_id)
