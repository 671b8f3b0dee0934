"""A line as long as one wishes: cases that wait for a verifier, and the cookie with which their pages come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles import published
from engine.store import Store
from engine.tables import Case, Customer, QueuePlace, SessionRow, Task
from webapp.sessions import digest

COOKIE = "__Host-kaihu_investor"
TOKEN = "the-waiting-room"
BUSINESS = "change_settlement_account"


@dataclass(frozen=True)
class WaitingRoom:
    """All wait under one name: what a page costs does not depend on whose it is."""

    case_ids: list[str]
    branch_id: str
    cookie: str = f"{COOKIE}={TOKEN}"


def fill(store: Store, many: int) -> WaitingRoom:
    with store.write() as tx:
        who, now = tx.scalars(select(Customer)).first(), store.clock.now()
        version = published(tx, BUSINESS, now)
        assert who is not None
        tx.add(SessionRow(id=digest(TOKEN), kind="investor", person_id=who.id, created_at=now, seen_at=now))
        case_ids = [_waits(tx, who, version, now + timedelta(milliseconds=n)) for n in range(many)]
    return WaitingRoom(case_ids, who.branch_id)


def _waits(tx: Session, who: Customer, version: str, at: datetime) -> str:
    case_id, task_id = uuid4().hex, str(uuid4())
    tx.add(
        Case(
            id=case_id, business=BUSINESS, bundle_hash=version, customer_id=who.id,
            branch_id=who.branch_id, exclusive=False, state="{}", opened_at=at, started_at=at, touched_at=at,
            status="排队中",
        )
    )  # fmt: skip
    tx.flush()
    tx.add(
        Task(
            id=task_id, case_id=case_id, step="video_queue", role="verifier", branch_id=who.branch_id, round=1,
            opened_at=at,
        )
    )  # fmt: skip
    tx.add(QueuePlace(task_id=task_id, case_id=case_id, branch_id=who.branch_id, joined_at=at, seen_at=at))
    return case_id


def changes(store: Store, case_id: str) -> None:
    """Something happens to this case."""
    with store.write() as tx:
        tx.get_one(Case, case_id).touched_at = store.clock.now()


def leaves(store: Store, case_id: str) -> None:
    """Whoever stands there goes out of the line: everybody behind him moves up."""
    with store.write() as tx:
        place = tx.scalars(select(QueuePlace).where(QueuePlace.case_id == case_id)).one()
        tx.get_one(Task, place.task_id).closed_at = store.clock.now()
        tx.get_one(Case, case_id).touched_at = store.clock.now()
        tx.delete(place)
