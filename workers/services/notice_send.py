"""notice.send: tells the customer something by SMS."""

from __future__ import annotations

from engine.services import ByHand
from workers.service import JobContext, Result, service

BY_HAND = (
    ByHand({"notice.sent": True}, "已用其他方式告知客户", "The customer was told in another way"),
    ByHand({"notice.sent": False}, "不再告知客户，业务继续", "The customer is not told; the case goes on"),
)


@service(
    "notice.send",
    params=("template",),
    results={"notice.sent": bool},
    max_attempts=5,
    title="发送短信通知",
    title_en="Send a notice by SMS",
    by_hand=BY_HAND,
)
def send(job: JobContext, template: str) -> Result:
    """Send a text of the business's notices to the phone on file; the job is the key, so a repeat is harmless."""
    from workers.notices import phone_of, text_of

    job.sms.send(job.job_id, phone_of(job), text_of(job, template))
    return Result({"notice.sent": True})
