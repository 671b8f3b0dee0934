"""What may happen once has happened once, by the rows that are only ever added to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.cases import Advanced, Completion
from engine.store import Store
from engine.tables import AppliedChange, Case, Submission

CLOSING = ("submit", "reject", "back")
RESULTS = ("result", "incident.result")


def check_once(store: Store, accepted: Sequence[tuple[Completion, Advanced]]) -> None:
    """AssertionError where a task was completed twice, a job counted twice, or an accepted form is not in the store."""
    with store.read() as tx:
        wrong = [*_twice(tx), *_effects(tx), *_lost(tx, accepted)]
    assert not wrong, "; ".join(wrong)


def _twice(tx: Session) -> Iterator[str]:
    """A task is closed by one form, a job has one result."""
    for case in tx.scalars(select(Case)):
        rows = audit.history(tx, audit.case_chain(case.id))
        said = [(row.action, json.loads(row.body)) for row in rows]
        yield from _more("a task was completed", (body["task"] for action, body in said if action in CLOSING))
        yield from _more("a job was answered", (body["job"] for action, body in said if action in RESULTS))


def _effects(tx: Session) -> Iterator[str]:
    """Effects stand in a table without a unique key on jobs, so that a second one is seen."""
    yield from _more("a job took effect", tx.scalars(select(AppliedChange.code)))


def _more(what: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{what} {times} times" for times in Counter(ids).values() if times > 1)


def _lost(tx: Session, accepted: Sequence[tuple[Completion, Advanced]]) -> Iterator[str]:
    for done, came in accepted:
        row = tx.get(Submission, done.submission_id)
        if row is None or Advanced.of(row.case_id, row.outcome) != came:
            yield f"the form of {done.task_id} was accepted, and is not stored so"
