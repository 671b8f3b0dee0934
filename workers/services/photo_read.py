"""photo.read: reads the text of the newest photograph of each slot, where nobody has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.service import JobContext, Result, service
from workers.settings import READ_IN, READING
from workers.slots import named

if TYPE_CHECKING:
    from engine.store import Store


def spared(store: Store, case_id: str, slots: str, there: bool) -> bool:
    """Mostly all has been read since it was uploaded."""
    from workers.photo_settled import nothing_to_read

    return nothing_to_read(store, case_id, named(slots), there)


@service(
    "photo.read",
    params=("slots",),
    lease=READ_IN,
    max_attempts=2,
    title="识别照片上的文字",
    title_en="Read the text of photographs",
    queue=READING,
    spared=spared,
)
def read(job: JobContext, slots: str) -> Result:
    """A photograph that cannot be read stays as it is: the customer types, and a desk looks."""
    from workers.photo_settled import read_now

    read_now(job, named(slots))
    return Result()
