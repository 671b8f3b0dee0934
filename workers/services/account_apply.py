"""account.apply: asks the company's account system to make the change that was reviewed."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service("account.apply", results={"application.result": str}, lease=180, max_attempts=5)
def apply(job: JobContext) -> Result:
    """`applied` or `refused`. The case is the key: however often it is asked, the account changes once."""
    from engine.accounts import Applied, Change, NewCard
    from engine.tables import Case
    from workers.card_list import submitted_cards

    cards = submitted_cards(job.store, job.case_id)
    with job.store.read() as tx:
        customer_id = tx.get_one(Case, job.case_id).customer_id
    change = Change(
        removed=cards.removed,
        added=tuple(NewCard(card.bank, card.outlet, card.number) for card in cards.added),
        unlinked=frozenset(cards.unlinked),
    )
    answer = job.accounts.apply(job.case_id, customer_id, change)
    return Result({"application.result": "applied" if isinstance(answer, Applied) else "refused"})
