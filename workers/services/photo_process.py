"""photo.process: looks at one upload as soon as it is there, while the customer goes on."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service(
    "photo.process",
    params=("photo_id",),
    task=False,
    lease=120,
    title="处理刚上传的照片",
    title_en="Look at a new upload",
)
def process(job: JobContext, photo_id: str) -> Result:
    """Write the record and the pictures of an upload, unless somebody has done it meanwhile."""
    from workers.photo_rows import looked_at

    return Result(effect=looked_at(job.store, photo_id, give_up=job.last))
