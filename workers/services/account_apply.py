"""account.apply: asks the company's account system to make the change that was reviewed."""

from __future__ import annotations

from engine.services import ByHand
from workers.service import Impossible, JobContext, Result, service

BY_HAND = (
    ByHand(
        {"application.result": "applied"},
        "已在账户系统核实：变更已经生效",
        "Checked in the account system: the change is in effect",
    ),
    ByHand(
        {"application.result": "refused"},
        "已在账户系统核实：变更没有生效，交柜台处理",
        "Checked in the account system: the change is not in effect; the counter takes it on",
    ),
)


@service(
    "account.apply",
    results={"application.result": str},
    values={"application.result": ("applied", "refused")},
    lease=180,
    max_attempts=10,
    title="提交账户变更",
    title_en="Apply the change to the account",
    by_hand=BY_HAND,
)
def apply(job: JobContext) -> Result:
    """`applied` or `refused`. What was signed is the key: however often it is asked, the account changes once.

    Impossible when what the customer signed is not what the case holds now.
    """
    from engine.accounts import Applied, Change, NewCard
    from engine.tables import Case
    from workers.application_key import application_key
    from workers.card_list import submitted_cards

    check_signatures(job)
    cards = submitted_cards(job.store, job.case_id)
    with job.store.read() as tx:
        customer_id = tx.get_one(Case, job.case_id).customer_id
    change = Change(
        removed=cards.removed,
        added=tuple(NewCard(card.bank, card.outlet, card.number) for card in cards.added),
        unlinked=frozenset(cards.unlinked),
    )
    answer = job.accounts.apply(application_key(job), customer_id, change)
    return Result({"application.result": "applied" if isinstance(answer, Applied) else "refused"})


def check_signatures(job: JobContext) -> None:
    """The desk has looked at them; between the desk and the account nothing may have changed either."""
    from sqlalchemy import select

    from engine.cases.signed import check_signed, is_newest
    from engine.pki import CertificateProblem
    from engine.tables import Signature

    with job.store.read() as tx:
        rows = tx.scalars(select(Signature).where(Signature.case_id == job.case_id)).all()
        for row in (row for row in rows if is_newest(tx, row)):
            if job.authority is None or job.store.known is None:
                raise Impossible("nobody here can check a signature")
            try:
                check_signed(tx, job.store.vault, job.authority, job.store.known, row)
            except CertificateProblem as problem:
                raise Impossible(f"signature: {problem.code}") from problem
