"""The company's branches (营业部): added, and given other names. A branch is never taken away: cases belong to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from sqlalchemy.orm import Session

from engine import audit
from engine.actors import Actor
from engine.errors import Refused
from engine.tables import Branch

if TYPE_CHECKING:
    from engine.store import Store

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
LONGEST_NAME = 64
Fault = Literal["id", "taken", "name", "name_en"]
SAYS: Mapping[Fault, str] = {
    "id": "a branch's id has 1 to 32 small letters, digits and - _, and begins with a letter or digit",
    "taken": "there is a branch with this id",
    "name": "a name of 1 to 64 characters is needed",
    "name_en": "an English name of 1 to 64 characters is needed",
}


class BadBranch(Refused):
    """There can be no such branch. `faults` say why, all at once."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(SAYS[fault] for fault in faults))
        self.faults = faults


def keep(store: Store, branch_id: str, name: str, name_en: str, by: Actor, *, only_new: bool = False) -> bool:
    """A branch, or its new names; whether it is new. BadBranch when there can be none, or with `only_new` is one."""
    name, name_en = name.strip(), name_en.strip()
    _check(branch_id, name, name_en)

    def work(tx: Session) -> bool:
        there = tx.get(Branch, branch_id, with_for_update=True)
        if there is not None and only_new:
            raise BadBranch("taken")
        before = [there.name, there.name_en] if there is not None else []
        tx.merge(Branch(id=branch_id, name=name, name_en=name_en))
        tx.flush()
        if before != [name, name_en]:
            body = {"branch": branch_id, "before": before, "after": [name, name_en]}
            action = "branch.rename" if before else "branch.add"
            audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, action, body, store.clock.now())
        return there is None

    return store.unit(work)


def _check(branch_id: str, name: str, name_en: str) -> None:
    rules: tuple[tuple[bool, Fault], ...] = (
        (ID.fullmatch(branch_id) is None, "id"),
        (not 0 < len(name) <= LONGEST_NAME, "name"),
        (not 0 < len(name_en) <= LONGEST_NAME, "name_en"),
    )
    if faults := [fault for broken, fault in rules if broken]:
        raise BadBranch(*faults)
