"""Members of staff as rows, what of them the rest of the house may know, and why there can be no such one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.actors import Actor
from engine.errors import Refused
from engine.tables import Branch, Staff

if TYPE_CHECKING:
    from engine.store import Store

ADMINISTRATOR = "administrator"
ROLES = ("verifier", "reviewer", "supervisor", "analyst", "operator", ADMINISTRATOR)
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
LONGEST_NAME = 64

Fault = Literal[
    "login", "login_taken", "name", "roles", "branch", "password_short", "password_same", "unknown", "yourself",
    "last_administrator",
]  # fmt: skip
SAYS: Mapping[Fault, str] = {
    "login": "a login has 1 to 32 letters, digits and . _ -, and begins with a letter or digit",
    "login_taken": "the login is taken",
    "name": "a name of 1 to 64 characters is needed",
    "roles": f"one or more of the roles {', '.join(ROLES)} are needed",
    "branch": "there is no such branch (kaihu branches list)",
    "password_short": "a password has at least 8 characters",
    "password_same": "the new password is the old one",
    "unknown": "there is no such login (kaihu staff list)",
    "yourself": "nobody locks himself, takes his own administrator's role or resets his own password",
    "last_administrator": "this is the last administrator who may sign in; make another one first",
}
assert set(SAYS) == set(get_args(Fault))


class BadStaff(Refused):
    """There can be no such member of staff. `faults` say why, all at once."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(SAYS[fault] for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class StaffMember:
    """A person of the company, without the password. `one_time`: he must choose one of his own before anything else."""

    id: str
    login: str
    name: str
    roles: frozenset[str]
    branch_id: str
    one_time: bool = False


def member(row: Staff) -> StaffMember:
    """What of a row the rest of the house may know."""
    roles, one_time = frozenset(row.roles), row.one_time_until is not None
    return StaffMember(row.id, row.login, row.name, roles, row.branch_id, one_time)


def normal(login: str) -> str:
    return login.strip().lower()


def find(tx: Session, login: str) -> Staff | None:
    return tx.scalar(select(Staff).where(Staff.login == normal(login)))


def there(tx: Session, login: str) -> Staff:
    """The row of a login, locked for a change."""
    row = tx.scalar(select(Staff).where(Staff.login == normal(login)).with_for_update())
    if row is None:
        raise BadStaff("unknown")
    return row


def faults_of(tx: Session, name: str, roles: Collection[str], branch_id: str) -> list[Fault]:
    """What is wrong with what everybody of the staff has."""
    rules: tuple[tuple[bool, Fault], ...] = (
        (not 0 < len(name.strip()) <= LONGEST_NAME, "name"),
        (not roles or not set(roles) <= set(ROLES), "roles"),
        (tx.get(Branch, branch_id) is None, "branch"),
    )
    return [fault for broken, fault in rules if broken]


def keep_an_administrator(tx: Session, row: Staff) -> None:
    """Somebody else must be left who administers. The rows are locked: of two who leave at once, one stays."""
    if ADMINISTRATOR not in row.roles or row.locked_at is not None:
        return
    everybody = tx.scalars(select(Staff).where(Staff.locked_at.is_(None)).order_by(Staff.id).with_for_update())
    if not any(ADMINISTRATOR in each.roles for each in everybody if each.id != row.id):
        raise BadStaff("last_administrator")


def name_of(tx: Session, actor_key: str | None) -> str:
    """Who acted, by the key that was kept: a colleague's name, or the account that gave a command."""
    return names_of(tx, [actor_key]).get(actor_key or "", "")


def names_of(tx: Session, actor_keys: Iterable[str | None]) -> dict[str, str]:
    """The same of many keys, by one question."""
    parts = {key: key.partition(":") for key in actor_keys if key}
    staff = {name for kind, _colon, name in parts.values() if kind == "staff"}
    rows = tx.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff))) if staff else ()
    names = {row.id: row.name for row in rows}
    return {key: names.get(name, name) if kind == "staff" else name for key, (kind, _colon, name) in parts.items()}


def not_oneself(row: Staff, by: Actor) -> None:
    if by.kind == "staff" and by.id == row.id:
        raise BadStaff("yourself")


def write_down(
    store: Store, tx: Session, by: Actor, action: str, row: Staff, more: Mapping[str, object], at: datetime
) -> None:
    """In the chain of whoever did it."""
    body = {"staff": row.id, "login": row.login, **more}
    audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, f"staff.{action}", body, at)
