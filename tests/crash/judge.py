"""Compares what clients were told with what the store holds, once everything has come to rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import audit
from engine.cases import telling
from engine.store import Store
from engine.tables import (
    AppliedChange,
    AuditRow,
    Case,
    FiledCard,
    Job,
    OutgoingText,
    Photo,
    Signature,
    SmsMessage,
    Submission,
)
from tests.crash.acks import Ack


def unsettled(tx: Session) -> int:
    """How many jobs are still under way."""
    return tx.scalar(select(func.count()).select_from(Job).where(Job.status.in_(("due", "sent")))) or 0


def verdict(store: Store, acks: Sequence[Ack]) -> list[str]:
    """Everything that was lost or happened twice, in sentences; empty when all is well."""
    with store.read() as tx:
        return [
            *lost_submissions(tx, acks),
            *lost_uploads(tx, acks),
            *jobs(tx),
            *steps(tx),
            *photographs(tx),
            *accounts(tx),
            *notices(tx),
            *chains(store, tx),
        ]


def lost_submissions(tx: Session, acks: Sequence[Ack]) -> Iterator[str]:
    for ack in acks:
        row = tx.get(Submission, ack.id) if ack.kind == "submission" else None
        if ack.kind == "submission" and (row is None or row.case_id != ack.case_id):
            yield f"submission {ack.id} was accepted and is lost"


def lost_uploads(tx: Session, acks: Sequence[Ack]) -> Iterator[str]:
    told = Counter((ack.case_id, ack.id) for ack in acks if ack.kind == "upload")
    for (case_id, slot), count in told.items():
        mine = select(func.count()).select_from(Photo).where(Photo.case_id == case_id, Photo.slot == slot)
        if (tx.scalar(mine) or 0) < count:
            yield f"an upload into {slot} of case {case_id} was accepted and is lost"


def jobs(tx: Session) -> Iterator[str]:
    """The audit has no unique key on jobs: a result that was counted twice stands there twice."""
    counted = Counter(body["job"] for body in bodies(tx, "result"))
    for job in tx.scalars(select(Job)):
        expected = 1 if job.status == "done" else 0
        if job.status not in ("done", "discarded"):
            yield f"job {job.id} ({job.service}) was never done: {job.status} {job.last_error or ''}"
        if counted[job.id] > expected:
            yield f"job {job.id} ({job.service}) took effect {counted[job.id]} times"
        if counted[job.id] < expected:
            yield f"job {job.id} ({job.service}) is done without effect"


def steps(tx: Session) -> Iterator[str]:
    for task, times in Counter(body["task"] for body in bodies(tx, "submit")).items():
        if times > 1:
            yield f"task {task} was completed {times} times"


def photographs(tx: Session) -> Iterator[str]:
    for photo in tx.scalars(select(Photo).where(Photo.removed_at.is_(None), Photo.status == "processing")):
        yield f"nobody looked at photo {photo.id} ({photo.slot})"


def accounts(tx: Session) -> Iterator[str]:
    """A case that asked for its change has it once; no bank is on file twice (one card a bank is a rule)."""
    for case_id in set(tx.scalars(select(Job.case_id).where(Job.service == "account.apply"))):
        keys = select(Signature.id).where(Signature.case_id == case_id)
        made = (AppliedChange.result == "applied") & (AppliedChange.key.in_(keys) | (AppliedChange.key == case_id))
        times = tx.scalar(select(func.count()).select_from(AppliedChange).where(made))
        if times != 1:
            yield f"the change of case {case_id} was applied {times} times"
    on_file = select(FiledCard.customer_id, FiledCard.bank).where(FiledCard.removed_at.is_(None))
    for (customer, bank), cards in Counter(tuple(row) for row in tx.execute(on_file)).items():
        if cards > 1:
            yield f"customer {customer} has {cards} cards of {bank}"


def notices(tx: Session) -> Iterator[str]:
    """Who succeeded is told so once; what is written down is sent, and nothing else is."""
    jobs = list(tx.scalars(select(Job).where(Job.service == telling.SERVICE)))
    told = Counter(job.case_id for job in jobs if job.args[telling.TEMPLATE] == "change_applied")
    for case_id in tx.scalars(select(Case.id).where(Case.status == "办理成功")):
        if told[case_id] != 1:
            yield f"the customer of case {case_id} was told {told[case_id]} times that it is done"
    kept = set(tx.scalars(select(SmsMessage.id)))
    for missing in {job.id for job in jobs if job.status == "done"} - kept:
        yield f"the text of job {missing} was never sent"
    for stray in kept - {job.id for job in jobs} - set(tx.scalars(select(OutgoingText.id))):
        yield f"a text {stray} was sent that nobody had written down"


def chains(store: Store, tx: Session) -> Iterator[str]:
    for head in audit.heads(tx):
        row = audit.verify(tx, store.vault, head.chain)
        if row is not None:
            yield f"audit chain {head.chain} is broken at row {row}"


def bodies(tx: Session, action: str) -> Iterator[dict[str, str]]:
    for body in tx.scalars(select(AuditRow.body).where(AuditRow.action == action)):
        yield json.loads(body)


def ended(tx: Session) -> Counter[str]:
    """How many cases are in which state."""
    return Counter(tx.scalars(select(Case.status)))
