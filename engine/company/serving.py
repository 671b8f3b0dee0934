"""What nobody could do as the staff is now: said before a case waits in a queue that nobody sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles import Bundle
from engine.company.problems import Problem
from engine.staff import ADMINISTRATOR
from engine.tables import Customer, Staff

NOT_STAFF = "investor"
NO_ADMINISTRATOR = Problem(
    "",
    "没有能登录的管理员（kaihu staff add --role administrator）",
    "there is no administrator who may sign in (kaihu staff add --role administrator)",
)


def unserved(tx: Session, bundles: Iterable[Bundle]) -> list[Problem]:
    """A branch with customers needs somebody for each role of the businesses in use; somebody must administer."""
    needed = sorted({step.role for bundle in bundles for step in bundle.steps} - {NOT_STAFF})
    there = _there(tx)
    branches = tx.scalars(select(Customer.branch_id).distinct().order_by(Customer.branch_id))
    lacking = [_lacks(branch, role) for branch in branches for role in needed if (branch, role) not in there]
    administered = any(role == ADMINISTRATOR for _branch, role in there)
    return lacking if administered else [NO_ADMINISTRATOR, *lacking]


def _there(tx: Session) -> Collection[tuple[str, str]]:
    """Which role somebody has at which branch who may sign in."""
    members = tx.execute(select(Staff.branch_id, Staff.roles).where(Staff.locked_at.is_(None)))
    return {(row.branch_id, role) for row in members for role in row.roles}


def _lacks(branch: str, role: str) -> Problem:
    return Problem(
        "",
        f"营业部 {branch} 有客户，却没有岗位为 {role} 的同事：那里的受理单会一直没人领取（kaihu staff add）",
        f"branch {branch} has customers and nobody who is a {role}: its cases would wait for ever (kaihu staff add)",
    )
