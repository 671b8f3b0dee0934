"""Adding somebody to the staff, and changing what he may do and where."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from engine.actors import SYSTEM, Actor
from engine.staff import leaving
from engine.staff.passwords import HASHER, give_one_time, hashed_password
from engine.staff.people import (
    ADMINISTRATOR,
    LOGIN,
    BadStaff,
    Fault,
    StaffMember,
    faults_of,
    find,
    keep_an_administrator,
    member,
    normal,
    not_oneself,
    there,
    write_down,
)
from engine.tables import Staff

if TYPE_CHECKING:
    from engine.store import Store


def add(
    store: Store,
    login: str,
    name: str,
    password: str,
    roles: Collection[str],
    branch_id: str,
    hasher: PasswordHasher = HASHER,
    by: Actor = SYSTEM,
) -> StaffMember:
    """A new member of staff with a password of his own; BadStaff when there can be no such one."""
    hashed = hashed_password(password, hasher)
    with store.write() as tx:
        row = _new(store, tx, login, name, roles, branch_id)
        row.password = hashed
        _put(store, tx, row, by)
    return member(row)


def invite(
    store: Store,
    login: str,
    name: str,
    roles: Collection[str],
    branch_id: str,
    by: Actor,
    hasher: PasswordHasher = HASHER,
) -> tuple[StaffMember, str]:
    """A new member of staff with a one-time password, which is told here and nowhere else."""
    with store.write() as tx:
        row = _new(store, tx, login, name, roles, branch_id)
        password = give_one_time(row, store.clock.now(), hasher)
        _put(store, tx, row, by)
    return member(row), password


def change(store: Store, login: str, name: str, roles: Collection[str], branch_id: str, by: Actor) -> int:
    """Another name, other roles, another branch; how many tasks went back to their queues because of it."""

    def work(tx: Session) -> int:
        row = there(tx, login)
        if faults := faults_of(tx, name, roles, branch_id):
            raise BadStaff(*faults)
        if ADMINISTRATOR in row.roles and ADMINISTRATOR not in roles:
            not_oneself(row, by)
            keep_an_administrator(tx, row)
        before = {"name": row.name, "roles": list(row.roles), "branch": row.branch_id}
        row.name, row.roles, row.branch_id = name.strip(), sorted(roles), branch_id
        after = {"name": row.name, "roles": list(row.roles), "branch": row.branch_id}
        if after == before:
            return 0
        changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
        returned = leaving.give_back(store, tx, row, row.roles, row.branch_id, by)
        write_down(store, tx, by, "change", row, {"changed": changed, "tasks_returned": returned}, store.clock.now())
        return returned

    return store.unit(work)


def _new(store: Store, tx: Session, login: str, name: str, roles: Collection[str], branch_id: str) -> Staff:
    faults: list[Fault] = [] if LOGIN.fullmatch(normal(login)) else ["login"]
    faults += ["login_taken"] if find(tx, login) is not None else []
    if faults := [*faults, *faults_of(tx, name, roles, branch_id)]:
        raise BadStaff(*faults)
    return Staff(id=store.ids.new(), login=normal(login), name=name.strip(), roles=sorted(roles), branch_id=branch_id)


def _put(store: Store, tx: Session, row: Staff, by: Actor) -> None:
    tx.add(row)
    tx.flush()
    write_down(store, tx, by, "add", row, {"roles": row.roles, "branch": row.branch_id}, store.clock.now())
