"""still.look: makes of a picture captured in a call what a desk may see: upright pixels and nothing else."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service(
    "still.look",
    params=("still_id",),
    task=False,
    lease=60,
    title="处理视频通话中拍下的照片",
    title_en="Look at a picture that was captured in a call",
)
def look(job: JobContext, still_id: str) -> Result:
    from workers.still_rows import looked_at

    return Result(effect=looked_at(job.store, still_id, give_up=job.last))
