"""kill -9 in the midst of a migration: each case is on one version or on the other, with all that it has in rows."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from engine import migration
from engine.migration import Order, migrating, ordered
from engine.store import Store
from engine.tables import Case, MigratedCase, Task
from tests.flow.migrated import ANALYST, RENAMED, offered, renamed
from tests.house import CHANGE
from tests.walk import Walk

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]
POINTS = {
    "rows carried, state not": (migrating, "carry"),
    "all written, nothing committed": (migrating, "put"),
    "committed, nobody told": (ordered, "migrate_case"),
}
Rows = dict[str, tuple[str, str, list[str], int]]


@pytest.mark.parametrize("passage", [1, 2])
@pytest.mark.parametrize("point", POINTS)
def test_no_case_is_half_moved_and_what_was_killed_goes_on_and_back(
    store: Store, walk: Callable[..., Walk], point: str, passage: int
) -> None:
    """The two cases stand at a step that is called otherwise on the new version."""
    cases = {walk().photos().id, walk(customer="wang").photos().id}
    before, to = rows(store), offered(store, renamed())
    order = migration.begin(store, Order(CHANGE, to, "改了名", RENAMED), ANALYST)
    assert killed_at(store, order, *POINTS[point], passage) == -signal.SIGKILL
    moved = {case for case in cases if rows(store)[case][0] == to}
    assert len(moved) == passage - (point != "committed, nobody told")
    assert all(rows(store)[case] == before[case] for case in cases - moved)
    assert all(rows(store)[case][2] == ["personal_data"] for case in moved)
    assert results(store) == {case: "moved" if case in moved else None for case in cases}
    assert migration.go_on(store, order, ANALYST).ended
    assert {row[0] for row in rows(store).values()} == {to}
    assert migration.take_back(store, order, ANALYST) == dict.fromkeys(cases, True)
    assert {case: row[:3] for case, row in rows(store).items()} == {case: row[:3] for case, row in before.items()}


def killed_at(store: Store, order: str, module: Any, name: str, passage: int) -> int:
    """How a process ended that works off the order and dies once it has passed this point so many times."""
    store.db.dispose()
    child = os.fork()
    if child == 0:
        original, left = getattr(module, name), [passage]

        def passes(*given: Any) -> Any:
            found = original(*given)
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        setattr(module, name, passes)
        migration.go_on(store, order, ANALYST)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def rows(store: Store) -> Rows:
    """Each case: its version, its state, its open steps, how often it was written."""
    with store.read() as tx:
        return {
            case.id: (
                case.bundle_hash,
                case.state,
                list(tx.scalars(select(Task.step).where(Task.case_id == case.id, Task.closed_at.is_(None)))),
                case.version,
            )
            for case in tx.scalars(select(Case))
        }


def results(store: Store) -> dict[str, str | None]:
    with store.read() as tx:
        return {row.case_id: row.result for row in tx.scalars(select(MigratedCase))}
