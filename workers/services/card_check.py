"""card.check: the same question for the photographs of newly added bank cards."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service("card.check", results={"cards.verdict": str}, lease=300)
def check(job: JobContext) -> Result:
    """`ok`, or `retake` when the photograph of a card on the submitted list cannot be used."""
    from workers.card_list import submitted_cards
    from workers.photo_rows import verdict_of

    cards = submitted_cards(job.store, job.case_id)
    verdict, effect = verdict_of(job.store, job.case_id, cards.slots, give_up=job.last)
    return Result({"cards.verdict": verdict}, effect)
