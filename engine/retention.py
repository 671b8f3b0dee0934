"""What the law does not want kept, after a term, of a case that was given up: photographs, calls, answers, comments.

The company sets the term; an end event says that it runs (`retention="given_up"`). Kept are the audit, the consents,
the decisions of the desks with their reasons, why somebody took a task over or handed it on, and of a case that was
signed before it was given up the signature and the answers that it covers.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, literal, or_, select, tuple_, update
from sqlalchemy.orm import Session

from engine import audit, call_traces, comments, company
from engine.actors import SYSTEM
from engine.bundles import Bundle, bundle_of
from engine.cases.holding import Held, hold, known_to
from engine.cases.submissions import ANSWERS
from engine.diagrams.ends import GIVEN_UP, RETENTION
from engine.store import Store
from engine.tables import AuditRow, Case, Photo, PhotoRecord, Signature, Submission

SHRED = "shred"

_log = logging.getLogger("kaihu.retention")


def given_up_ends(bundle: Bundle) -> frozenset[str]:
    """The ends of a business after which its cases count as given up."""
    return frozenset(end.id for end in bundle.drawing.of("endEvent") if end.properties.get(RETENTION) == GIVEN_UP)


def shred_given_up(store: Store, limit: int = 100) -> int:
    """Shred what is due, one case a transaction, and say how many; one bad case does not stop the rest."""
    with store.read() as tx:
        due = list(tx.scalars(select(Case.id).where(_due(store, tx)).order_by(Case.ended_at).limit(limit)))
    return sum(_shred_one(store, case_id) for case_id in due)


def _due(store: Store, tx: Session) -> ColumnElement[bool]:
    """Ended there, the term has passed (for what was never begun none runs), and it has not been done."""
    latest = store.clock.now() - timedelta(days=company.load(tx).retention.given_up_days)
    done = exists().where(AuditRow.chain == literal(audit.case_chain("")) + Case.id, AuditRow.action == SHRED)
    old = or_(Case.ended_at <= latest, Case.started_at.is_(None))
    return tuple_(Case.bundle_hash, Case.end_id).in_(list(_ends(store, tx))) & old & ~done


def _ends(store: Store, tx: Session) -> Iterator[tuple[str, str]]:
    """Of the ends that cases have come to, by version, those that count as given up."""
    come_to = select(Case.bundle_hash, Case.end_id).where(Case.ended_at.is_not(None), Case.end_id.is_not(None))
    for bundle_hash, end_id in tx.execute(come_to.distinct()):
        if end_id in given_up_ends(bundle_of(tx, bundle_hash, known_to(store))):
            yield bundle_hash, end_id


def _shred_one(store: Store, case_id: str) -> int:
    try:
        if not store.unit(lambda tx: _shred(store, tx, case_id)):
            return 0
        with store.read() as tx:
            store.vault.blobs.remove_shredded(tx, case_id)
    except Exception:
        _log.exception("case %s could not be shredded", case_id)
        return 0
    return 1


def _shred(store: Store, tx: Session, case_id: str) -> bool:
    held = hold(store, tx, case_id, skip_locked=True)
    if held is None or tx.scalar(select(Case.id).where(Case.id == case_id, _due(store, tx))) is None:
        return False
    store.vault.blobs.shred(tx, case_id)
    gone = {"photos": _hide_photos(held), "answers": _empty_answers(held)}
    gone["recordings"] = call_traces.forget(tx, case_id)
    held.write_down(SYSTEM, SHRED, {**gone, "comments": comments.remove(held)})
    return True


def _hide_photos(held: Held) -> int:
    """The rows stay, without what the pipeline has seen and read."""
    held.tx.execute(delete(PhotoRecord).where(PhotoRecord.case_id == held.case.id))
    mine = update(Photo).where(Photo.case_id == held.case.id)
    held.tx.execute(mine.where(Photo.removed_at.is_(None)).values(removed_at=held.now))
    return int(getattr(held.tx.execute(mine.values(record=None)), "rowcount", 0))


def _empty_answers(held: Held) -> int:
    """Who submitted what and when stays, what he typed goes; what a signature covers is evidence."""
    if held.tx.scalar(select(exists().where(Signature.case_id == held.case.id))):
        return 0
    nothing = held.store.vault.seal_json(ANSWERS, {})
    mine = update(Submission).where(Submission.case_id == held.case.id).values(answers=nothing)
    return int(getattr(held.tx.execute(mine), "rowcount", 0))
