"""What happens to a place in line, written down in the transaction in which it happens.

A place is waiting or absent, then called, then connected, and gone at the end; the rows are what waiting times and
fairness are read from.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from engine.tables import QueueEvent, QueuePlace

JOINED, CALLED, CONNECTED, RETURNED = "joined", "called", "connected", "returned"
ABSENT, CAME_BACK = "absent", "came_back"
LEFT, DROPPED, CONCLUDED, ENDED = "left", "dropped", "concluded", "ended"
WAITING, GONE = "waiting", "gone"
IN_CALL = (CALLED, CONNECTED)
"""States of a place with which a verifier is at work."""
_BECOMES = {
    JOINED: WAITING, CALLED: CALLED, CONNECTED: CONNECTED, RETURNED: WAITING, ABSENT: ABSENT, CAME_BACK: WAITING,
    LEFT: GONE, DROPPED: GONE, CONCLUDED: GONE, ENDED: GONE,
}  # fmt: skip


def note(tx: Session, place: QueuePlace, what: str, by: str, now: datetime, booked: bool = False) -> None:
    """Write the change down and let the place have its new state."""
    was, became = "" if what == JOINED else place.state, _BECOMES[what]
    tx.add(
        QueueEvent(
            branch_id=place.branch_id, case_id=place.case_id, task_id=place.task_id, what=what, was=was, became=became,
            by=by, at=now, booked=booked,
        )
    )  # fmt: skip
    place.state = became


def called(tx: Session, task_id: str, by: str, now: datetime, booked: bool) -> None:
    """A verifier has this customer now; what a colleague's lapsed claim left comes back first."""
    place = tx.get(QueuePlace, task_id)
    if place is None:
        return
    if place.state in IN_CALL:
        note(tx, place, RETURNED, "system", now)
    note(tx, place, CALLED, by, now, booked)


def connected(tx: Session, task_id: str, by: str, now: datetime) -> None:
    """Picture and sound have come; nothing happens where that was so already, or nobody had called."""
    place = tx.get(QueuePlace, task_id)
    if place is not None and place.state == CALLED:
        note(tx, place, CONNECTED, by, now)


def returned(tx: Session, task_id: str, by: str, now: datetime) -> None:
    """The verifier has him no more; his place is the old one."""
    place = tx.get(QueuePlace, task_id)
    if place is not None and place.state in IN_CALL:
        note(tx, place, RETURNED, by, now)


def service_times(tx: Session, branch_id: str, since: datetime, most: int) -> list[timedelta]:
    """How long the newest concluded calls of a branch took, from the call to the conclusion."""
    end, begin = aliased(QueueEvent), aliased(QueueEvent)
    begun = (
        select(func.max(begin.at))
        .where(begin.task_id == end.task_id, begin.what == CALLED, begin.id < end.id)
        .scalar_subquery()
    )
    over = select(end.at, begun).where(end.branch_id == branch_id, end.what == CONCLUDED, end.at >= since)
    rows = tx.execute(over.order_by(end.id.desc()).limit(most))
    return [end_at - begun_at for end_at, begun_at in rows if begun_at is not None]
