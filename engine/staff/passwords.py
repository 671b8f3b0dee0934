"""Passwords of staff (Argon2id): checked, changed by their owner, given once by an administrator."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.staff.leaving import end_sessions
from engine.staff.people import BadStaff, StaffMember, find, member, there, write_down
from engine.tables import Staff

if TYPE_CHECKING:
    from engine.store import Store

SHORTEST_PASSWORD = 8
HASHER = PasswordHasher()
ONE_TIME = timedelta(days=3)
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read for one another."""


def authenticate(store: Store, login: str, password: str, hasher: PasswordHasher = HASHER) -> StaffMember | None:
    """The person with this login and password. Unknown, locked, expired and wrong look alike and take the same time."""
    found, hashed = _look_up(store, login)
    right = _verify(hasher, hashed or _nobodys(hasher), password)
    if found is None or not right:
        return None
    if hasher.check_needs_rehash(hashed):
        with store.write() as tx:
            there(tx, login).password = hasher.hash(password)
    return found


def change_password(store: Store, login: str, password: str, by: Actor, hasher: PasswordHasher = HASHER) -> None:
    """His own new password, chosen by himself: a one-time one is over, and so is whoever else was signed in as him."""
    hashed = hashed_password(password, hasher)
    with store.read() as tx:
        row = find(tx, login)
    if row is not None and _verify(hasher, row.password, password):
        raise BadStaff("password_same")
    with store.write() as tx:
        row, now = there(tx, login), store.clock.now()
        row.password, row.one_time_until = hashed, None
        end_sessions(tx, row.id, now)
        write_down(store, tx, by, "password", row, {}, now)


def note_sign_in(tx: Session, staff_id: str, now: datetime) -> None:
    """Remember when he came in last, in the transaction that lets him in."""
    tx.get_one(Staff, staff_id).signed_in_at = now


def hashed_password(password: str, hasher: PasswordHasher) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadStaff("password_short")
    return hasher.hash(password)


def one_time_password() -> str:
    """Twelve signs in groups, to be read out once."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def give_one_time(row: Staff, now: datetime, hasher: PasswordHasher) -> str:
    """From now on this password alone, for three days, and only to choose another one."""
    password = one_time_password()
    row.password, row.one_time_until = hasher.hash(password), now + ONE_TIME
    return password


def _look_up(store: Store, login: str) -> tuple[StaffMember | None, str]:
    """Who may sign in with a login, and the hash that a password is held against."""
    now = store.clock.now()
    with store.read() as tx:
        row = find(tx, login)
        if row is None:
            return None, ""
        late = row.one_time_until is not None and row.one_time_until <= now
        return (None if late or row.locked_at is not None else member(row)), row.password


def _verify(hasher: PasswordHasher, hashed: str, password: str) -> bool:
    try:
        return hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """A hash that no password opens in practice, so that an unknown login costs what a known one does."""
    return hasher.hash("nobody has this password")
