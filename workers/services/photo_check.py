"""photo.check: says whether the newest photograph of each slot will do; needs no models, so any worker judges."""

from __future__ import annotations

from engine.services import ByHand
from workers.service import JobContext, Result, service
from workers.slots import named

AGAIN = ByHand({"photos.verdict": "retake"}, "请客户重新拍摄照片", "Ask the customer to take the photographs again")


@service(
    "photo.check",
    params=("slots",),
    results={"photos.verdict": str},
    values={"photos.verdict": ("ok", "retake")},
    lease=300,
    title="核对照片",
    title_en="Check the photographs",
    by_hand=(AGAIN,),
)
def check(job: JobContext, slots: str) -> Result:
    """`ok`, or `retake` when a photograph cannot be used. A slot without an upload has its picture on file."""
    from workers.photo_settled import settled

    verdict, effect = settled(job, named(slots))
    return Result({"photos.verdict": verdict}, effect)
