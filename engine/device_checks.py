"""The checks of a customer's devices (G10): stored each time, and good for half an hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.ids import Ids
from engine.tables import DeviceCheck, Task

VALID = timedelta(minutes=30)


def store_check(
    tx: Session,
    ids: Ids,
    task: Task,
    now: datetime,
    *,
    faults: Mapping[str, str],
    measures: Mapping[str, object],
    simulated: bool,
) -> DeviceCheck:
    """Write a check down, whatever came of it, in the caller's write unit."""
    row = DeviceCheck(
        id=ids.new(),
        case_id=task.case_id,
        task_id=task.id,
        at=now,
        passed=not faults,
        simulated=simulated,
        faults=dict(faults),
        measures=dict(measures),
    )
    tx.add(row)
    tx.flush()
    return row


def of_case(tx: Session, case_id: str) -> list[DeviceCheck]:
    """Every check of a case, the newest first."""
    mine = select(DeviceCheck).where(DeviceCheck.case_id == case_id)
    return list(tx.scalars(mine.order_by(DeviceCheck.at.desc(), DeviceCheck.id.desc())))


def last(tx: Session, case_id: str) -> DeviceCheck | None:
    """The newest check of a case."""
    mine = select(DeviceCheck).where(DeviceCheck.case_id == case_id)
    return tx.scalars(mine.order_by(DeviceCheck.at.desc(), DeviceCheck.id.desc()).limit(1)).first()


def valid(tx: Session, case_id: str, now: datetime) -> DeviceCheck | None:
    """The newest check, if it was passed and is not older than half an hour."""
    row = last(tx, case_id)
    return row if row is not None and row.passed and now - row.at <= VALID else None


def wrong_digits(tx: Session, task_id: str) -> int:
    """How often wrong digits were typed while this step was open; other digits are spoken each time."""
    mine = select(DeviceCheck.faults).where(DeviceCheck.task_id == task_id)
    return sum(faults.get("loudspeaker") == "wrong" for faults in tx.scalars(mine))
