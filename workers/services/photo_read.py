"""photo.read: reads the text of the newest photograph of each slot, where nobody has yet."""

from __future__ import annotations

from workers.service import JobContext, Result, service
from workers.settings import READING
from workers.slots import named


@service(
    "photo.read",
    params=("slots",),
    lease=300,
    title="识别照片上的文字",
    title_en="Read the text of photographs",
    queue=READING,
)
def read(job: JobContext, slots: str) -> Result:
    """A photograph that cannot be read stays as it is: the customer types, and a desk looks."""
    from workers.photo_rows import newest
    from workers.photo_text import recognise_all

    return Result(effect=recognise_all(job, newest(job.store, job.case_id, named(slots))))
