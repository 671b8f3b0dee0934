"""Recordings of cases that came to their end go after the company's term, where it sets one; the law wants 20 years.

What goes is what shows or quotes the customer: chunks, film, stills, remarks. Kept are the row of each call with its
times and the last link of its chain, its ticks, and the audit, which says when and how much was deleted. The case's
other papers stay, and with them its key: files are deleted, not locked away for ever as those of a shredded case.
"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from engine import audit, call_traces, company, spans
from engine.actors import SYSTEM
from engine.cases.holding import hold
from engine.retention import SHRED
from engine.store import Store
from engine.tables import AuditRow, Case

DELETE = "delete_recordings"

_log = logging.getLogger("kaihu.retention")


def delete_due(store: Store, limit: int = 100) -> int:
    """Delete what is due, one case a transaction, and say of how many; one bad case does not stop the rest."""
    with store.read() as tx:
        latest = _latest(store, tx)
        if latest is None:
            return 0
        due = list(tx.scalars(select(Case.id).where(_due(latest)).order_by(Case.ended_at).limit(limit)))
    return sum(_delete_one(store, case_id) for case_id in due)


def deleted_at(tx: Session, case_id: str) -> datetime | None:
    """When the recordings of this case were deleted, by this term or with a case that was given up."""
    mine = select(AuditRow.at).where(AuditRow.chain == audit.case_chain(case_id), AuditRow.action.in_((DELETE, SHRED)))
    return tx.scalars(mine.order_by(AuditRow.seq)).first()


def _latest(store: Store, tx: Session) -> datetime | None:
    """Cases that ended by then are due; None where the company keeps its recordings."""
    years = company.load(tx).retention.recording_years
    return None if years is None else spans.after(store.clock.now(), f"-P{years}Y")


def _due(latest: datetime) -> ColumnElement[bool]:
    """Ended by then, with something left of a call, of a customer who has had no other business since."""
    other = aliased(Case)
    since = or_(other.ended_at.is_(None), other.ended_at > latest)
    active = exists().where(and_(other.customer_id == Case.customer_id, since))
    return (Case.ended_at <= latest) & call_traces.left_by(Case.id) & ~active


def _delete_one(store: Store, case_id: str) -> int:
    try:
        return int(store.unit(lambda tx: _delete(store, tx, case_id)))
    except Exception:
        _log.exception("the recordings of case %s could not be deleted", case_id)
        return 0


def _delete(store: Store, tx: Session, case_id: str) -> bool:
    """Files go before the commit: what is left where it fails is done again, and a file that is gone is no fault."""
    held, latest = hold(store, tx, case_id, skip_locked=True), _latest(store, tx)
    if held is None or latest is None or tx.scalar(select(Case.id).where(Case.id == case_id, _due(latest))) is None:
        return False
    files = call_traces.blobs_of(tx, case_id)
    gone = call_traces.forget(tx, case_id)
    held.write_down(SYSTEM, DELETE, {"recordings": gone, "files": len(files)})
    tx.flush()
    store.vault.blobs.remove(case_id, files)
    return True
