"""account.withdraw: before an application ends or is corrected, make sure that it was not applied and never will be."""

from __future__ import annotations

from engine.services import ByHand
from workers.service import JobContext, Result, service

BY_HAND = (
    ByHand(
        {"application.result": "withdrawn"},
        "已在账户系统核实：变更没有生效，也不会再生效",
        "Checked in the account system: the change is not in effect and never will be",
    ),
    ByHand(
        {"application.result": "applied"},
        "已在账户系统核实：变更已经生效，按办理成功继续",
        "Checked in the account system: the change is in effect; the case goes on as done",
    ),
)


@service(
    "account.withdraw",
    results={"application.result": str},
    values={"application.result": ("withdrawn", "applied")},
    lease=180,
    max_attempts=10,
    title="撤回账户变更",
    title_en="Withdraw the change from the account system",
    by_hand=BY_HAND,
)
def withdraw(job: JobContext) -> Result:
    """`applied` when the account has changed after all: its answer was lost on the way; else `withdrawn`."""
    from engine.tables import Case
    from workers.application_key import application_key

    with job.store.read() as tx:
        customer_id = tx.get_one(Case, job.case_id).customer_id
    applied = job.accounts.withdraw(application_key(job), customer_id)
    return Result({"application.result": "applied" if applied else "withdrawn"})
