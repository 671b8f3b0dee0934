"""What nobody could do as the staff is now: said before a case waits in a queue that nobody sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.company.problems import Problem
from engine.diagrams.settled import never_asked
from engine.diagrams.steps import UserTask
from engine.staff import ADMINISTRATOR
from engine.tables import Customer, Staff

if TYPE_CHECKING:
    from engine.bundles import Bundle

NOT_STAFF = "investor"
NO_ADMINISTRATOR = Problem(
    "",
    "没有能登录的管理员（kaihu staff add --role administrator）",
    "there is no administrator who may sign in (kaihu staff add --role administrator)",
)
There = Mapping[tuple[str, str], set[str]]
"""By branch and role: the people who may sign in."""


def unserved(tx: Session, bundles: Iterable[Bundle], settings: Mapping[str, object]) -> list[Problem]:
    """A branch with customers needs somebody for each role of the businesses in use, and two of them where the
    diagrams keep two steps apart; somebody must administer. What the company's settings switch off needs nobody.
    """
    there = _there(tx)
    branches = tx.scalars(select(Customer.branch_id).distinct().order_by(Customer.branch_id)).all()
    steps = [step for bundle in bundles for step in _asked(bundle, settings)]
    lacking = [problem for branch in branches for problem in _lacking(branch, steps, there)]
    administered = any(role == ADMINISTRATOR for _branch, role in there)
    return lacking if administered else [NO_ADMINISTRATOR, *lacking]


def _there(tx: Session) -> There:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    members = tx.execute(select(Staff.id, Staff.branch_id, Staff.roles).where(Staff.locked_at.is_(None)))
    for row in members:
        for role in row.roles:
            found[row.branch_id, role].add(row.id)
    return dict(found)


def _asked(bundle: Bundle, settings: Mapping[str, object]) -> Iterator[UserTask]:
    """The steps of the staff that a new case may come to."""
    never = never_asked(bundle.drawing, settings, bundle.declared)
    return (step for step in bundle.steps if step.role != NOT_STAFF and step.id not in never)


def _lacking(branch: str, steps: list[UserTask], there: There) -> Iterator[Problem]:
    for role in sorted({step.role for step in steps}):
        if (branch, role) not in there:
            yield _nobody(branch, role)
    named = {step.id: step for step in steps}
    for step in steps:
        other = named.get(step.not_same_as or "")
        if other is None:
            continue
        able = [there.get((branch, one.role), set()) for one in (other, step)]
        if all(able) and len(set.union(*able)) == 1:
            yield _one_alone(branch, other, step)


def _nobody(branch: str, role: str) -> Problem:
    return Problem(
        "",
        f"营业部 {branch} 有客户，却没有岗位为 {role} 的同事：那里的受理单会一直没人领取（kaihu staff add）",
        f"branch {branch} has customers and nobody who is a {role}: its cases would wait for ever (kaihu staff add)",
    )


def _one_alone(branch: str, first: UserTask, second: UserTask) -> Problem:
    roles = " / ".join(sorted({first.role, second.role}))
    return Problem(
        "",
        f"营业部 {branch} 的“{first.name}”和“{second.name}”须由两个人办理，能办的却只有一位：受理单会停在第二步。"
        f"请再添加一位（岗位 {roles}，kaihu staff add）",
        f"in branch {branch} two people must do the steps {first.id} and {second.id}, and one person alone may: its "
        f"cases would stop at the second; add another one ({roles}, kaihu staff add)",
    )
