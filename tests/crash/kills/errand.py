"""The service task of the errands. Imported before the catalogue is, it is in the catalogue of this process alone."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import insert

from tests.crash.kills.effects import EFFECTS, SERVICE
from workers.service import JobContext, Result, service


class Unlucky(Exception):
    """One attempt in eight fails, so that failing is killed too."""


@service(SERVICE, results={"errand.done": bool}, title="跑腿", title_en="Errand")
def run(job: JobContext) -> Result:
    if sha256(f"{job.job_id}{job.attempt}".encode()).digest()[0] < 32:
        raise Unlucky
    return Result({"errand.done": True}, lambda tx: tx.execute(insert(EFFECTS).values(job_id=job.job_id)))
