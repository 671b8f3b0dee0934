"""account.withdraw: before an application ends or is corrected, make sure that it was not applied and never will be."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service("account.withdraw", results={"application.result": str}, lease=180, max_attempts=5)
def withdraw(job: JobContext) -> Result:
    """`applied` when the account has changed after all: its answer was lost on the way; else `withdrawn`."""
    from engine.tables import Case
    from workers.application_key import application_key

    with job.store.read() as tx:
        customer_id = tx.get_one(Case, job.case_id).customer_id
    applied = job.accounts.withdraw(application_key(job), customer_id)
    return Result({"application.result": "applied" if applied else "withdrawn"})
