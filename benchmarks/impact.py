"""How long it takes to try every running case on a copy of another version: `python3 run.py benchmark-impact`.

Cases stand at a dozen places of the larger business, some after loops; each is multiplied in the database with ids of
its own. Measured twice: as the product does it, one for each shape (`engine/migration/shape.py`), which is the least
that it can come to, and every case alone, which is the most: no two cases alike.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, select, update

from engine import migration
from engine.migration import Trial
from engine.store import Store, connect
from engine.tables import Base, Case, Customer, Job, Task
from engine.vault import make_keys, open_vault
from tests.flow.editions import with_income
from tests.flow.wander.ground import EVERYBODY, employed
from tests.flow.wander.starts import STARTS
from tests.house import CHANGE, CountedIds, HandClock, furnish, known
from workers.catalogue import SERVICES

PLACES = len(STARTS) - 1
"""One of them is a case of the smaller business."""
KINDS: tuple[type[Base], ...] = (Case, Task, Job)
ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmark-impact", description=__doc__)
    words.add_argument("--cases", type=int, default=10_000)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder))
        _fill(store, asked.cases)
        target = with_income()
        _measured("one of a shape", lambda: migration.impact(store, target, progress=_tell))
        with patch.object(Trial, "judge", lambda trial, text, now: trial.attempt(text, now).verdict):
            _measured("each alone", lambda: migration.impact(store, target, progress=_tell))


def _measured(how: str, work: Callable[[], migration.Impact]) -> None:
    begin, cpu = time.monotonic(), time.process_time()
    found = work()
    seconds, used = time.monotonic() - begin, time.process_time() - cpu
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{how}: {found.cases} cases at {len(found.places)} places in {seconds:.1f} s ({used:.1f} s of one core): "
          f"{found.kinds}; {os.cpu_count()} cores, load {load}")  # fmt: skip


def _tell(done: int, total: int) -> None:
    print(f"{done} of {total}", file=sys.stderr)


def _fill(store: Store, cases: int) -> None:
    """One case at each start, and as many like it as make up the number."""
    for begin in STARTS.values():
        walk = begin(store)[0]
        if walk.case.business == CHANGE:
            _multiply(store, walk.id, -(-cases // PLACES))
        with store.write() as tx:  # its customer begins anew
            tx.execute(update(Case).values(ended_at=store.clock.now()).where(Case.customer_id.in_(("zhang", "wang"))))


def _multiply(store: Store, case_id: str, count: int) -> None:
    """As far as an impact reads them: the case, its tasks and its jobs, each with ids of its own."""
    with store.db.begin() as connection:
        of = {
            kind: connection.execute(select(kind.__table__).where(_of(kind, case_id))).mappings().all()
            for kind in KINDS
        }
        made: dict[type[Base], list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        customers = []
        for _ in range(count):
            fresh = {case_id: uuid4().hex}
            customers.append(_customer(uuid4().hex))
            for kind in KINDS:
                made[kind] += [_like(dict(row), fresh, customers[-1]["id"]) for row in of[kind]]
        connection.execute(insert(Customer), customers)
        for kind in KINDS:
            if made[kind]:
                connection.execute(insert(kind), made[kind])


def _of(kind: type[Base], case_id: str) -> ColumnElement[bool]:
    return Case.id == case_id if kind is Case else kind.__table__.c.case_id == case_id


def _like(row: dict[str, Any], fresh: dict[str, str], customer_id: str) -> dict[str, Any]:
    """The same row of another case; ids that are named in several rows stay together."""

    def other(found: re.Match[str]) -> str:
        return fresh.setdefault(found[0], str(uuid4()) if "-" in found[0] else uuid4().hex)

    texts = {name: ID.sub(other, value) for name, value in row.items() if isinstance(value, str)}
    mine = {"customer_id": customer_id, "number": None} if "customer_id" in row else {}
    return row | texts | mine


def _customer(key: str) -> dict[str, Any]:
    sealed = dict.fromkeys(("id_number", "name", "phone", "account_number", "address", "issuer"), b"sealed")
    return {"id": key, "id_index": key, "account_type": "futures", "id_long_term": True, "branch_id": "north", **sealed}


def _store(folder: Path) -> Store:
    make_keys(folder / "keys.json")
    engine = connect(f"sqlite:///{folder}/impact.db")
    Base.metadata.create_all(engine)
    store = Store(
        engine, HandClock(), CountedIds(), open_vault(folder / "keys.json", folder / "blobs"), SERVICES, known()
    )
    furnish(store)
    with store.write() as tx:
        tx.add_all(employed(person) for person in EVERYBODY.values())
    return store


if __name__ == "__main__":
    main()
