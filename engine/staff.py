"""Staff: their passwords (Argon2id), and what of them a sign-in may tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.tables import Branch, Staff

if TYPE_CHECKING:
    from engine.store import Store

SHORTEST_PASSWORD = 8
HASHER = PasswordHasher()


class BadStaff(Refused):
    """There can be no such member of staff."""


@dataclass(frozen=True)
class StaffMember:
    """A person of the company, without the password."""

    id: str
    login: str
    name: str
    roles: frozenset[str]
    branch_id: str


def add(
    store: Store,
    login: str,
    name: str,
    password: str,
    roles: Collection[str],
    branch_id: str,
    hasher: PasswordHasher = HASHER,
) -> StaffMember:
    """A new member of staff; BadStaff when the login is taken, the branch unknown or a part missing."""
    login = _normal(login)
    if not login or len(login) > 32 or not name.strip() or not roles:
        raise BadStaff("login (at most 32 characters), name and a role are needed")
    hashed = _hashed(password, hasher)
    with store.write() as tx:
        if _find(tx, login) is not None:
            raise BadStaff(f"login {login} is taken")
        if tx.get(Branch, branch_id) is None:
            raise BadStaff(f"no branch {branch_id}")
        row = Staff(
            id=store.ids.new(),
            login=login,
            name=name.strip(),
            password=hashed,
            roles=sorted(roles),
            branch_id=branch_id,
            locked_at=None,
        )
        tx.add(row)
    return member(row)


def authenticate(store: Store, login: str, password: str, hasher: PasswordHasher = HASHER) -> StaffMember | None:
    """The person with this login and password. Unknown, locked and wrong look alike, and take the same time."""
    found, hashed = _look_up(store, login)
    right = _verify(hasher, hashed or _nobodys(hasher), password)
    if found is None or not right:
        return None
    if hasher.check_needs_rehash(hashed):
        set_password(store, login, password, hasher)
    return found


def set_password(store: Store, login: str, password: str, hasher: PasswordHasher = HASHER) -> None:
    """A new password for a login."""
    hashed = _hashed(password, hasher)
    with store.write() as tx:
        _there(tx, login).password = hashed


def lock(store: Store, login: str) -> None:
    """From now on nobody signs in with this login."""
    with store.write() as tx:
        row = _there(tx, login)
        row.locked_at = row.locked_at or store.clock.now()


def unlock(store: Store, login: str) -> None:
    """Let the login be used again."""
    with store.write() as tx:
        _there(tx, login).locked_at = None


def member(row: Staff) -> StaffMember:
    """What of a row the rest of the house may know."""
    return StaffMember(row.id, row.login, row.name, frozenset(row.roles), row.branch_id)


def _look_up(store: Store, login: str) -> tuple[StaffMember | None, str]:
    """Who may sign in with a login, and the hash that a password is held against."""
    with store.read() as tx:
        row = _find(tx, _normal(login))
        if row is None:
            return None, ""
        return (member(row) if row.locked_at is None else None), row.password


def _find(tx: Session, login: str) -> Staff | None:
    return tx.scalar(select(Staff).where(Staff.login == login))


def _there(tx: Session, login: str) -> Staff:
    row = _find(tx, _normal(login))
    if row is None:
        raise BadStaff(f"no login {login}")
    return row


def _normal(login: str) -> str:
    return login.strip().lower()


def _hashed(password: str, hasher: PasswordHasher) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadStaff(f"a password has at least {SHORTEST_PASSWORD} characters")
    return hasher.hash(password)


def _verify(hasher: PasswordHasher, hashed: str, password: str) -> bool:
    try:
        return hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """A hash that no password opens in practice, so that an unknown login costs what a known one does."""
    return hasher.hash("nobody has this password")
