"""photo.check: says whether the newest photograph of each slot will do; looks at it first where nobody has yet."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service("photo.check", params=("slots",), results={"photos.verdict": str}, lease=300)
def check(job: JobContext, slots: str) -> Result:
    """`ok`, or `retake` when a photograph cannot be used. A slot without an upload has its picture on file."""
    from workers.photo_rows import verdict_of

    wanted = [slot.strip() for slot in slots.split(",") if slot.strip()]
    verdict, effect = verdict_of(job.store, job.case_id, wanted, give_up=job.last)
    return Result({"photos.verdict": verdict}, effect)
