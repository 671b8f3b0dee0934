"""What no worker came for was not tried: it is sent again, or takes its diagram's road, and counts as no attempt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import incidents, outbox
from engine.store import Store
from engine.tables import Job
from tests.house import HandClock
from tests.walk import Walk

ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _check(store: Store, walk: Callable[..., Walk]) -> str:
    """A job with no error road; its id."""
    case = walk()
    case.do("upload_photos")
    case.until("photo.check")
    return case.jobs[0].id


def _lose(store: Store, clock: HandClock, job_id: str, taken: str) -> list[bool]:
    """Each lease ends without an answer; whether each attempt was the last. `taken`: those that a worker began with."""
    lasts = []
    for took in taken:
        while not (sent := [each for each in outbox.due(store) if each.job_id == job_id]):
            pass
        with store.read() as tx:
            lasts.append(outbox.is_last(store, tx, tx.get_one(Job, job_id)))
        if took == "x":
            outbox.take(store, job_id, sent[0].attempt)
        clock.pass_by(seconds=sent[0].lease_seconds + 1)
    outbox.due(store)
    return lasts


@pytest.mark.parametrize(
    ("taken", "lasts", "is_incident"),
    [
        ("xxx", [False, False, True], True),
        ("...", [False, False, False], False),
        ("........", [False] * 8, False),
        ("..x", [False, False, False], False),
        ("..xxx", [False, False, False, False, True], True),
        ("x.x", [False, False, False], False),
    ],
)
def test_a_job_is_given_up_only_after_attempts_that_a_worker_began(
    store: Store, clock: HandClock, walk: Callable[..., Walk], taken: str, lasts: list[bool], is_incident: bool
) -> None:
    job_id = _check(store, walk)
    assert _lose(store, clock, job_id, taken) == lasts
    with store.read() as tx:
        assert bool(incidents.count_open(tx)) is is_incident
        assert (tx.get_one(Job, job_id).status == "incident") is is_incident


def test_what_cannot_help_calls_an_operator_although_nobody_came_before(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    job_id = _check(store, walk)
    _lose(store, clock, job_id, ".")
    with store.read() as tx:
        attempt = tx.get_one(Job, job_id).attempt
    outbox.fail(store, job_id, attempt, "impossible", permanent=True)
    with store.read() as tx:
        assert tx.get_one(Job, job_id).status == "incident"


@ALONE
@pytest.mark.parametrize(("service", "next_one"), [("photo.read", "photo.check"), ("card.read", "card.check")])
def test_a_case_waits_a_minute_and_a_half_for_the_reader_and_goes_on_without(
    store: Store, clock: HandClock, walk: Callable[..., Walk], service: str, next_one: str
) -> None:
    case = walk()
    if service == "card.read":
        case.to_bank_cards()
    case.do("upload_photos" if service == "photo.read" else "bank_cards")
    case.until(service)
    began = clock.now()
    _lose(store, clock, case.jobs[0].id, "..")
    assert [job.service for job in case.jobs] == [next_one]
    assert 60 <= (clock.now() - began).total_seconds() <= 100
    with store.read() as tx:
        assert incidents.count_open(tx) == 0
