"""Tasks at a desk without the way there: rows alone, of states that no engine could restore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine.store import Store
from engine.tables import Case, QueuePlace, Task
from tests.web.conftest import MAIN, WANG, bundle

REVIEW, VIDEO = ("review", "reviewer"), ("video_verification", "verifier")


def waits(store: Store, id: str, number: str, step: tuple[str, str] = REVIEW, branch: str = "east", **more: Any) -> str:
    """One more task, opened now and due tomorrow; `more` are columns of its row, or of its case."""
    now = store.clock.now()
    of_case = {name: more.pop(name) for name in ("ended_at", "status", "customer_id") if name in more}
    case = Case(
        id=f"case-{id}", number=number, business=MAIN, bundle_hash=bundle(MAIN).hash,
        branch_id=branch, exclusive=False, state="no state", opened_at=now, started_at=now, touched_at=now,
        **{"status": "待复核", "customer_id": WANG.id, **of_case},
    )  # fmt: skip
    task = Task(
        id=id, case_id=case.id, step=step[0], role=step[1], branch_id=branch, round=1,
        **{"opened_at": now, "due_at": now + timedelta(days=1), **more},
    )  # fmt: skip
    with store.write() as tx:
        tx.add(case)
        tx.flush()
        tx.add(task)
    return id


def queues(store: Store, id: str, number: str, **more: Any) -> str:
    """A customer at the end of the line, whose page was seen `seen` ago."""
    now, seen, branch = store.clock.now(), more.pop("seen", timedelta()), more.get("branch", "east")
    waits(store, id, number, VIDEO, **{"due_at": None, "status": "排队中", **more})
    with store.write() as tx:
        tx.add(QueuePlace(task_id=id, case_id=f"case-{id}", branch_id=branch, joined_at=now, seen_at=now - seen))
    return id
