"""card.read: reads the text of the photographs of newly added bank cards, where nobody has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.service import JobContext, Result, service
from workers.settings import READ_IN, READING

if TYPE_CHECKING:
    from engine.store import Store


def spared(store: Store, case_id: str, there: bool) -> bool:
    """Mostly all has been read since it was uploaded."""
    from workers.card_list import submitted_cards
    from workers.photo_settled import nothing_to_read

    return nothing_to_read(store, case_id, submitted_cards(store, case_id).slots, there)


@service(
    "card.read",
    lease=READ_IN,
    max_attempts=2,
    title="识别银行卡照片上的文字",
    title_en="Read the text of photographs of bank cards",
    queue=READING,
    spared=spared,
)
def read(job: JobContext) -> Result:
    """Of the cards on the submitted list, so that it is judged with its text what else only a desk would see."""
    from workers.card_list import submitted_cards
    from workers.photo_settled import read_now

    read_now(job, submitted_cards(job.store, job.case_id).slots)
    return Result()
