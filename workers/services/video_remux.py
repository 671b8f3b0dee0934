"""video.remux: joins what a call has recorded into one film that can be wound to any place."""

from __future__ import annotations

from workers.service import JobContext, Result, service
from workers.settings import FILMS


@service(
    "video.remux",
    params=("call_id",),
    task=False,
    lease=1800,
    queue=FILMS,
    title="合并视频通话的录像",
    title_en="Join the recording of a video call",
)
def remux(job: JobContext, call_id: str) -> Result:
    """Once for what has arrived; more that arrives later is joined anew."""
    from workers.recording_rows import joined

    return Result(effect=joined(job.store, call_id))
