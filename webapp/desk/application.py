"""What the company's account system said to the change that this case asks for, when it did not make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.accounts import last_answer
from engine.tables import Case, Job
from webapp.house import reading
from webapp.language import words as _

SERVICE = "account.apply"


@dataclass(frozen=True)
class Unmade:
    """A change that was refused, or to which no answer came. `detail` is for whoever runs the system."""

    refused: bool
    text: str
    at: datetime | None
    tries: int
    detail: str = ""


def unmade(case: Case) -> Unmade | None:
    """None while nothing was asked, and once the change is made or taken back."""
    asked = select(Job).where(Job.case_id == case.id, Job.service == SERVICE)
    job = reading().scalars(asked.order_by(Job.created_at.desc(), Job.id.desc()).limit(1)).first()
    if job is None:
        return None
    answer = last_answer(reading(), case.id)
    if answer is not None and answer.result == "refused":
        return Unmade(True, reason(answer.code), answer.at, job.attempt)
    if answer is not None or job.status == "done" or not job.last_error:
        return None
    return Unmade(False, "", job.ended_at, job.attempt, job.last_error)


def reason(code: str) -> str:
    """A code of the contract in words; one of the company's own as it is."""
    known = {
        "customer_unknown": _("账户系统里没有这位客户"),
        "no_change": _("与账户里的卡相比没有变更"),
        "card_unknown": _("要删除的卡不在账户里"),
        "card_linked": _("要删除的卡还没有解除银期关联"),
        "card_on_file": _("要新增的卡已经在账户里"),
        "bank_unknown": _("账户系统不支持这家银行"),
        "same_bank": _("变更后同一家银行会有两张卡"),
        "no_card_left": _("变更后账户里会没有卡"),
        "key_reused": _("这个申请编号已用于另一项变更"),
    }
    return known.get(code) or _("账户系统的代码 %(code)s", code=code)
