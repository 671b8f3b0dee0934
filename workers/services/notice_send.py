"""notice.send: tells the customer something by SMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.services import ByHand
from workers.service import Impossible, JobContext, Result, service

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BY_HAND = (
    ByHand({"notice.sent": True}, "已用其他方式告知客户", "The customer was told in another way"),
    ByHand({"notice.sent": False}, "不再告知客户，业务继续", "The customer is not told; the case goes on"),
)


@service(
    "notice.send",
    params=("template", "booked", "over"),
    results={"notice.sent": bool},
    task=False,
    lease=60,
    max_attempts=12,  # about an hour of a carrier that does not answer
    title="发送短信通知",
    title_en="Send a notice by SMS",
    by_hand=BY_HAND,
)
def send(job: JobContext, template: str, booked: str = "", over: str = "") -> Result:
    """Send a notice of the business to the phone on file; the job is the key, so a repeat is harmless.

    Not sent any more is the text of a booking (`booked`) that does not stand: a later text has told of that. `over` is
    a booking that is known to be over.
    """
    from engine.notices import Unsaid, text_of
    from engine.tables import Case

    assert job.store.known is not None
    with job.store.read() as tx:
        if booked and not _stands(tx, booked):
            return Result({"notice.sent": False})
        customer_id = tx.get_one(Case, job.case_id).customer_id
        try:
            text = text_of(tx, job.store.known, job.case_id, template, booked or over)
        except Unsaid as wrong:
            raise Impossible(str(wrong)) from wrong
    job.sms.send(job.job_id, job.accounts.person(customer_id).phone, text)
    return Result({"notice.sent": True})


def _stands(tx: Session, booking: str) -> bool:
    from engine.tables import Appointment

    row = tx.get(Appointment, booking)
    return row is not None and row.closed_at is None
