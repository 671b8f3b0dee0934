"""An operator meets a late worker, a customer who gives up, another operator: one of them decides, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import audit, incidents, outbox
from engine.cases import abandon
from engine.cases.inbox import new_job
from engine.errors import Stale
from engine.store import Store
from engine.tables import AppliedChange, Incident, Job
from tests.crash.interleaving import meet
from tests.house import count_rows, investor, staff
from tests.walk import Walk

pytestmark = pytest.mark.crash
Move = Callable[[Store], object]


@pytest.fixture
def case(store: Store) -> Walk:
    case = Walk(store)
    case.do("upload_photos")
    case.give_out("photo.check")
    return case


def _incident(case: Walk) -> Incident:
    with case.store.read() as tx:
        return incidents.of_case(tx, case.id)[0]


def retries(case: Walk) -> Move:
    return lambda store: incidents.retry(store, _incident(case).id, staff("one", "operator"))


def vouches(case: Walk) -> Move:
    result = "photos.verdict=retake"
    return lambda store: incidents.resolve(store, _incident(case).id, staff("two", "operator"), result, "damaged")


def answers_late(case: Walk) -> Move:
    """The worker of the first attempt was only slow; what it does stands in a table without a unique key."""

    def move(store: Store) -> None:
        verdict = {"photos.verdict": "ok"}
        if not outbox.finish(store, _incident(case).job_id, 1, verdict, lambda tx: _effect(store, tx)):
            raise Stale(case.id, None, None, "too late")

    return move


def _effect(store: Store, tx: Session) -> None:
    tx.add(AppliedChange(key=store.ids.new(), result="", code="", at=store.clock.now()))


def gives_up(case: Walk) -> Move:
    return lambda store: abandon(store, case.id, investor(), "giving-up")


MEETINGS = [
    (retries, retries, "Stale", "retry", 0),
    (retries, answers_late, "won", "retry", 1),
    (answers_late, retries, "Stale", "late", 1),
    (retries, gives_up, "won", "retry", 0),
    (gives_up, retries, "Stale", "moot", 0),
    (retries, vouches, "Stale", "retry", 0),
    (vouches, retries, "Stale", "result", 0),
    (vouches, answers_late, "Stale", "result", 0),
    (answers_late, vouches, "Stale", "late", 1),
    (gives_up, vouches, "Stale", "moot", 0),
    (gives_up, answers_late, "Stale", "moot", 0),
]


@pytest.mark.parametrize(
    ("first", "second", "loser", "how", "effects"),
    MEETINGS,
    ids=[f"{row[0].__name__}, {row[1].__name__}" for row in MEETINGS],
)
def test_the_second_sees_what_the_first_did_and_no_effect_happens_twice(
    store: Store, case: Walk, first: Callable[[Walk], Move], second: Callable[[Walk], Move], loser: str, how: str,
    effects: int,
) -> None:  # fmt: skip
    assert meet(store, first(case), second(case)) == ("won", loser)
    assert _incident(case).how == how
    _nothing_happens_twice(store, case, effects)


def _nothing_happens_twice(store: Store, case: Walk, effects: int) -> None:
    """Whatever is still sent is performed too, and finds the job done, or does it for the first time."""
    for sent in outbox.due(store):
        if sent.job_id == _incident(case).job_id:
            outbox.finish(store, sent.job_id, sent.attempt, {"photos.verdict": "ok"})
    with store.read() as tx:
        results = [row for row in audit.history(tx, audit.case_chain(case.id)) if row.action.endswith("result")]
        answered = [row for row in results if json.loads(row.body)["job"] == _incident(case).job_id]
        assert len(answered) <= 1 and count_rows(tx, AppliedChange) == effects
        assert tx.get_one(Job, _incident(case).job_id).status in ("done", "discarded")


def _draft(case: Walk) -> str:
    """A job that no task waits for, failed for good: its row alone says whether it counts."""
    with case.store.write() as tx:
        tx.add(new_job(case.store, case.id, "notice.send", {"template": "none"}, case.store.clock.now()))
    [sent] = [each for each in outbox.due(case.store) if each.service == "notice.send"]
    outbox.fail(case.store, sent.job_id, sent.attempt, "it does not answer", permanent=True)
    return sent.job_id


def _performs(store: Store, job_id: str, attempt: int) -> bool:
    return outbox.finish(store, job_id, attempt, {"notice.sent": True}, lambda tx: _effect(store, tx))


def test_a_retry_that_was_decided_before_a_late_answer_does_nothing(store: Store, case: Walk) -> None:
    job = _draft(case)
    with store.read() as tx:
        incident = incidents.of_case(tx, case.id)[-1]
    assert _performs(store, job, 1)
    with pytest.raises(Stale):
        incidents.retry(store, incident.id, staff("one", "operator"))
    assert job not in [sent.job_id for sent in outbox.due(store)]
    with store.read() as tx:
        assert count_rows(tx, AppliedChange) == 1


def test_control_a_retry_that_does_not_look_again_does_it_twice(store: Store, case: Walk) -> None:
    """If this ever fails, the tests above prove nothing."""
    job = _draft(case)
    assert _performs(store, job, 1)
    with store.write() as tx:
        tx.execute(update(Job).where(Job.id == job).values(status="due", ended_at=None, max_attempts=9))
    [again] = [sent for sent in outbox.due(store) if sent.job_id == job]
    assert _performs(store, job, again.attempt)
    with store.read() as tx:
        assert count_rows(tx, AppliedChange) == 2
