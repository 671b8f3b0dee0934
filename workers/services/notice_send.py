"""notice.send: tells the customer something by SMS."""

from __future__ import annotations

from workers.service import JobContext, Result, service


@service("notice.send", params=("template",), results={"notice.sent": bool}, max_attempts=5)
def send(job: JobContext, template: str) -> Result:
    """Send a text of the business's notices to the phone on file; the job is the key, so a repeat is harmless."""
    from workers.notices import phone_of, text_of

    job.sms.send(job.job_id, phone_of(job), text_of(job, template))
    return Result({"notice.sent": True})
