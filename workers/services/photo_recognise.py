"""photo.recognise: reads the text of one upload as soon as it was looked at, while the customer goes on."""

from __future__ import annotations

from workers.service import JobContext, Result, service
from workers.settings import READING


@service(
    "photo.recognise",
    params=("photo_id",),
    task=False,
    title="识别一张照片上的文字",
    title_en="Read the text of an upload",
    queue=READING,
)
def recognise(job: JobContext, photo_id: str) -> Result:
    """Write what was read, unless somebody has done it meanwhile."""
    from workers.photo_text import recognised

    return Result(effect=recognised(job, photo_id))
