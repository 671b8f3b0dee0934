"""Locking somebody out and letting him in again: at once, wherever he is signed in, and whatever he holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.staff import leaving
from engine.staff.passwords import HASHER, give_one_time
from engine.staff.people import keep_an_administrator, not_oneself, there, write_down

if TYPE_CHECKING:
    from engine.store import Store


def lock(store: Store, login: str, by: Actor) -> int:
    """From now on nobody signs in or acts with this login; how many tasks went back to their queues."""

    def work(tx: Session) -> int:
        row, now = there(tx, login), store.clock.now()
        not_oneself(row, by)
        if row.locked_at is not None:
            return 0
        keep_an_administrator(tx, row)
        row.locked_at, row.locked_by = now, by.key
        leaving.end_sessions(tx, row.id, now)
        returned = leaving.give_back(store, tx, row, (), "", by)
        write_down(store, tx, by, "lock", row, {"tasks_returned": returned}, now)
        return returned

    return store.unit(work)


def unlock(store: Store, login: str, by: Actor) -> None:
    """Let the login be used again, with the password that it had."""
    with store.write() as tx:
        row = there(tx, login)
        if row.locked_at is not None:
            row.locked_at = row.locked_by = None
            write_down(store, tx, by, "unlock", row, {}, store.clock.now())


def reset(store: Store, login: str, by: Actor, hasher: PasswordHasher = HASHER) -> str:
    """A one-time password in place of the one that was forgotten or is known to others; told here and nowhere else."""
    with store.write() as tx:
        row, now = there(tx, login), store.clock.now()
        not_oneself(row, by)
        password = give_one_time(row, now, hasher)
        leaving.end_sessions(tx, row.id, now)
        write_down(store, tx, by, "reset", row, {"until": f"{row.one_time_until:%Y-%m-%dT%H:%M%z}"}, now)
    return password
