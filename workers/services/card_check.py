"""card.check: the same question for the photographs of newly added bank cards."""

from __future__ import annotations

from engine.services import ByHand
from workers.service import JobContext, Result, service

AGAIN = ByHand(
    {"cards.verdict": "retake"},
    "请客户重新拍摄银行卡照片",
    "Ask the customer to take the photographs of the bank cards again",
)


@service(
    "card.check",
    results={"cards.verdict": str},
    values={"cards.verdict": ("ok", "retake")},
    lease=300,
    title="核对银行卡照片",
    title_en="Check the photographs of bank cards",
    by_hand=(AGAIN,),
)
def check(job: JobContext) -> Result:
    """`ok`, or `retake` when the photograph of a card on the submitted list cannot be used."""
    from workers.card_list import submitted_cards
    from workers.photo_settled import settled

    cards = submitted_cards(job.store, job.case_id)
    verdict, effect = settled(job, cards.slots)
    return Result({"cards.verdict": verdict}, effect)
