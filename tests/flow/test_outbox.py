"""Jobs are sent at least once and counted exactly once; what nobody can do becomes a road or an incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engine import incidents, outbox
from engine.store import Store
from engine.tables import AppliedChange, Job
from tests.house import HandClock, count_rows
from tests.walk import Walk

VERDICT = {"photos.verdict": "ok"}


def _sent(store: Store, case: Walk) -> outbox.SentJob:
    case.do("upload_photos")
    case.until("photo.check")
    [sent] = outbox.due(store)
    return sent


def test_a_job_is_leased_once_until_its_lease_ends(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    sent = _sent(store, walk())
    assert (sent.service, sent.attempt) == ("photo.check", 1)
    assert outbox.due(store) == []
    clock.pass_by(seconds=sent.lease_seconds + 1)
    [again] = outbox.due(store)
    assert (again.job_id, again.attempt) == (sent.job_id, 2)


def test_parameters_are_plain_words_from_the_diagram(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    sent = _sent(store, case)
    with store.read() as tx:
        job = tx.get(Job, sent.job_id)
        assert job is not None
        assert job.args == {"slots": "id_portrait,id_emblem,signature"}


def test_a_result_counts_once_with_its_effect(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    sent = _sent(store, case)

    def effect(tx: Session) -> None:
        tx.add(AppliedChange(key=f"effect-{count_rows(tx, AppliedChange)}", result="", code="", at=store.clock.now()))

    assert outbox.finish(store, sent.job_id, 1, VERDICT, effect) is True
    assert outbox.finish(store, sent.job_id, 1, VERDICT, effect) is False
    with store.read() as tx:
        assert count_rows(tx, AppliedChange) == 1
    assert case.steps == ["check_photos"]


def test_a_slow_worker_counts_although_a_newer_attempt_was_sent(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    sent = _sent(store, walk())
    clock.pass_by(seconds=sent.lease_seconds + 1)
    outbox.due(store)
    assert outbox.finish(store, sent.job_id, 1, VERDICT) is True
    assert outbox.finish(store, sent.job_id, 2, VERDICT) is False


def test_an_effect_that_fails_leaves_nothing_behind(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    sent = _sent(store, case)

    def effect(tx: Session) -> None:
        tx.add(AppliedChange(key="half", result="", code="", at=store.clock.now()))
        tx.flush()
        raise RuntimeError("the worker dies")

    with pytest.raises(RuntimeError):
        outbox.finish(store, sent.job_id, 1, VERDICT, effect)
    with store.read() as tx:
        assert count_rows(tx, AppliedChange) == 0
    assert [job.status for job in case.jobs] == ["sent"]


@pytest.mark.parametrize(
    "facts", [{}, {"photos.verdict": 7}, {"photos.verdict": "ok", "more": 1}], ids=["none", "another type", "too many"]
)
def test_a_service_answers_with_its_own_facts(store: Store, walk: Callable[..., Walk], facts: dict[str, Any]) -> None:
    sent = _sent(store, walk())
    with pytest.raises(ValueError, match=r"photo\.check"):
        outbox.finish(store, sent.job_id, 1, facts)


def test_a_failed_job_is_tried_again_later_and_later(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    sent = _sent(store, walk())
    pauses = []
    for attempt in (1, 2):
        outbox.fail(store, sent.job_id, attempt, "busy")
        with store.read() as tx:
            job = tx.get(Job, sent.job_id)
            assert job is not None and job.status == "due"
            pauses.append(job.run_after - clock.now())
        assert outbox.due(store) == []
        clock.pass_by(seconds=60)
        assert len(outbox.due(store)) == 1
    assert timedelta(seconds=10) <= pauses[0] <= timedelta(seconds=12.5) < pauses[1] <= timedelta(seconds=25)


def test_a_stale_failure_is_not_heard(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    sent = _sent(store, walk())
    clock.pass_by(seconds=sent.lease_seconds + 1)
    outbox.due(store)
    outbox.fail(store, sent.job_id, 1, "the old attempt")
    with store.read() as tx:
        job = tx.get(Job, sent.job_id)
        assert job is not None
        assert (job.status, job.attempt) == ("sent", 2)


def test_a_job_that_kills_its_workers_becomes_an_incident(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk()
    sent = _sent(store, case)
    for attempt in (1, 2, 3):
        outbox.take(store, sent.job_id, attempt)
        clock.pass_by(seconds=sent.lease_seconds + 1)
        outbox.due(store)
    with store.read() as tx:
        [incident] = incidents.of_case(tx, case.id)
    assert incident.job_id == sent.job_id
    assert [job.status for job in case.jobs] == ["incident"]


def test_a_drawn_error_road_is_taken_by_the_one_job_that_gave_up(store: Store, walk: Callable[..., Walk]) -> None:
    mine, others = walk(customer="zhang").to_application(), walk(customer="wang").to_application()
    mine.give_out("account.apply")
    assert mine.steps == ["handle_refusal"]
    assert [job.service for job in others.jobs] == ["account.apply"]
    with store.read() as tx:
        assert incidents.count_open(tx) == 0
