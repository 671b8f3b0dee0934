"""video.compose: makes one film of the tracks that a media server has recorded of a call."""

from __future__ import annotations

from workers.service import JobContext, Result, service
from workers.settings import FILMS


@service(
    "video.compose",
    params=("call_id",),
    task=False,
    lease=4 * 3600,  # a call of an hour takes its hour
    queue=FILMS,
    title="把服务器录制的视频通话合成一个录像",
    title_en="Make one film of a call that the server has recorded",
)
def compose(job: JobContext, call_id: str) -> Result:
    """Pictures and voices are decoded, put side by side and encoded anew: it takes its time."""
    from workers.track_rows import composed

    return Result(effect=composed(job.store, call_id))
