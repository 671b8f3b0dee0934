"""A migration is taken back, case by case, as long as nothing has happened to the case since."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.bundles import bundle_of
from engine.cases.holding import Held, hold, known_to
from engine.errors import Gone
from engine.interpreter import Run
from engine.migration.carrying import become, rename
from engine.migration.migrating import MOVED, put
from engine.migration.ordered import analysts_only
from engine.migration.verdict import UNTOUCHED
from engine.store import Store
from engine.tables import MigratedCase, Migration, Task

TAKE_BACK = "migrate_back"


def take_back(store: Store, migration_id: str, actor: Actor, case_id: str | None = None) -> dict[str, bool]:
    """Of each case that it moved, or of this one: whether it is on its version of before again."""
    analysts_only(actor)
    with store.read() as tx:
        if tx.get(Migration, migration_id) is None:
            raise Gone
        mine = select(MigratedCase.case_id).where(
            MigratedCase.migration_id == migration_id, MigratedCase.result.in_((MOVED, UNTOUCHED)),
            MigratedCase.before.is_not(None), MigratedCase.undone_at.is_(None),
        )  # fmt: skip
        cases = [each for each in tx.scalars(mine.order_by(MigratedCase.case_id)) if case_id in (None, each)]
    return {each: store.unit(partial(_take_back, store, migration_id, each, actor)) for each in cases}


def _take_back(store: Store, migration_id: str, case_id: str, actor: Actor, tx: Session) -> bool:
    row = tx.get_one(MigratedCase, (migration_id, case_id), with_for_update=True, populate_existing=True)
    held = hold(store, tx, case_id, skip_locked=True)
    if held is None or row.undone_at is not None or held.case.version != row.version:
        return False
    _put_back(held, row)
    put(held, row.from_hash, actor, TAKE_BACK, {"migration": row.migration_id, "bundle": row.from_hash})
    row.undone_at, row.undone_by = held.now, actor.key
    return True


def _put_back(held: Held, row: MigratedCase) -> None:
    source, target = bundle_of(held.tx, row.from_hash, known_to(held.store)), held.bundle
    carried: dict[str, Any] = row.carried or {}
    rename(held, {new: old for old, new in carried.get("renamed", {}).items()})
    for task_id, step, _role, number in carried.get("tasks", ()):
        task = held.tx.get_one(Task, task_id)
        was = {new: old for old, new in carried.get("renamed", {}).items()}
        there = next((new for new, old in was.items() if old == task.step), task.step)
        become(held, task, target.step(there), source.step(step), number)
    held.bundle = source
    held.run = Run.restore(source, row.before or "", held.now)
