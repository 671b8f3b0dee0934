"""photo.look: cuts out, straightens and measures the newest photograph of each slot, where nobody has yet."""

from __future__ import annotations

from workers.service import JobContext, Result, service
from workers.slots import named


@service(
    "photo.look", params=("slots",), lease=300, title="切边、摆正照片", title_en="Cut out and straighten photographs"
)
def look(job: JobContext, slots: str) -> Result:
    """Everything but reading, in one job: each stage takes a few hundredths of a second."""
    from workers.photo_rows import verdict_of

    return Result(effect=verdict_of(job.store, job.case_id, named(slots), give_up=job.last)[1])
