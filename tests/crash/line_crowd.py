"""A long line without the way there: rows alone, put in at once, of states that no engine could restore."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, text

from engine.store import Store
from engine.tables import Appointment, Case, Customer, QueuePlace, Task
from tests.house import CHANGE, customer, drawn

BRANCH = "north"


def crowd(store: Store, size: int, booked_every: int = 0) -> list[str]:
    """So many cases in line, a second apart, by their ids; each `booked_every`-th came in his booked half day."""
    ids = [f"crowd-{number:05d}" for number in range(size)]
    with store.write() as tx:
        for kind, rows in _rows(store, ids, booked_every).items():
            if rows:
                tx.execute(insert(kind), rows)
        tx.execute(text("ANALYZE"))  # as autovacuum does: without statistics PostgreSQL reads the line a thousand times
    return ids


def _rows(store: Store, ids: list[str], booked_every: int) -> dict[type, list[dict[str, object]]]:
    now = store.clock.now()
    known = customer("somebody")
    of_customer = {column.key: getattr(known, column.key) for column in Customer.__table__.columns}
    case = {
        "business": CHANGE, "bundle_hash": drawn(CHANGE).hash, "branch_id": BRANCH, "exclusive": False,
        "state": "no state", "opened_at": now, "started_at": now, "touched_at": now, "status": "排队中", "version": 1,
    }  # fmt: skip
    task = {"step": "video_verification", "role": "verifier", "branch_id": BRANCH, "round": 1, "opened_at": now}
    half = {
        "branch_id": BRANCH, "day": now.date(), "half": "am", "starts_at": now - timedelta(minutes=5),
        "ends_at": now + timedelta(hours=2), "booked_at": now,
    }  # fmt: skip
    booked = ids[::booked_every] if booked_every else []
    began = now - timedelta(seconds=len(ids))
    return {
        Customer: [{**of_customer, "id": one, "id_index": one} for one in ids],
        Case: [{**case, "id": one, "customer_id": one} for one in ids],
        Task: [{**task, "id": f"t-{one}", "case_id": one} for one in ids],
        QueuePlace: [
            {
                "task_id": f"t-{one}", "case_id": one, "branch_id": BRANCH, "seen_at": now, "state": "waiting",
                "joined_at": began + timedelta(seconds=number),
            }
            for number, one in enumerate(ids)
        ],
        Appointment: [{**half, "id": f"a-{one}", "case_id": one} for one in booked],
    }  # fmt: skip
