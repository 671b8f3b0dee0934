"""Where a 受理单 is that is not in the list: over, with somebody else, or nothing that the branch knows of."""

from __future__ import annotations

from sqlalchemy import select

from engine.tables import Case
from webapp.access import current_staff
from webapp.desk.waiting import Item
from webapp.house import bundle_of, reading, say
from webapp.language import moment
from webapp.language import words as _

FEWEST_DIGITS = 4
MOST_TOLD = 5


def told(number: str, items: list[Item]) -> list[str]:
    """Sentences about a 受理单号 or its last digits. Another branch's is as unknown as one that does not exist."""
    if not number.isdecimal():
        return [_("受理单号只有数字。请输入完整的受理单号，或它末尾的几位。")]
    if any(item.number.endswith(number) for item in items):
        return [_("列表里有这个受理单号，但不符合其他筛选条件。请清除筛选后再看。")]
    if len(number) < FEWEST_DIGITS:
        return [_("列表里没有以 %(number)s 结尾的受理单号。要查其他受理单，请至少输入末尾 4 位。", number=number)]
    found = _cases(number)
    return [_said(case) for case in found] or [
        _("本营业部没有以 %(number)s 结尾的受理单号。请核对号码；其他营业部的受理单只有该营业部能查到。", number=number)
    ]


def _cases(number: str) -> list[Case]:
    """Those of the branch, the latest first. The numbers are looked through in their own index."""
    alike = select(Case.number).where(Case.number.endswith(number))
    mine = select(Case).where(Case.number.in_(alike), Case.branch_id == current_staff().branch_id)
    return list(reading().scalars(mine.order_by(Case.started_at.desc()).limit(MOST_TOLD)))


def _said(case: Case) -> str:
    status = say(bundle_of(case), case.status)
    if case.ended_at is not None:
        at = moment(case.ended_at)
        return _("受理单 %(number)s 已于 %(at)s 结束：%(status)s。", number=case.number, at=at, status=status)
    return _("受理单 %(number)s 现在是“%(status)s”，不在您的岗位。", number=case.number, status=status)
