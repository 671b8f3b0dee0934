"""Eight processes want one thing: exactly one gets it, on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import appointments, audit, company, outbox
from engine.store import Store
from engine.tables import Appointment, Case, Job, Submission, Task
from tests.crash.competitors import PLACES, PROCESSES, Prize, race
from tests.house import HandClock, count_rows, customer
from tests.walk import Walk

pytestmark = pytest.mark.crash
MORE = int(os.environ.get("KAIHU_TEST_RACERS", "0"))
CUSTOMERS = [f"customer{number}" for number in range(MORE or 8)]
FEW = MORE or 3
"""So many where the way to the prize is long."""
Compete = Callable[[str, list[Prize]], list[list[str]]]


@pytest.fixture
def cases(store: Store) -> list[Walk]:
    """A case for each of many customers, at its first page."""
    with store.write() as tx:
        for name in CUSTOMERS:
            tx.add(customer(name))
    return [Walk(store, customer=name) for name in CUSTOMERS]


@pytest.fixture
def compete(store: Store, database_url: str, clock: HandClock, tmp_path: Path) -> Compete:
    """Let eight processes try one move on each prize at the same moment; their words, without ids, sorted."""

    def start(move: str, prizes: list[Prize]) -> list[list[str]]:
        store.db.dispose()
        return race(database_url, tmp_path, clock.now(), move, prizes, patience=PLACES + 2 * len(prizes))

    return start


def _words(got: list[str]) -> list[str]:
    return sorted(word.split()[0] for word in got)


def _consistent(store: Store) -> None:
    """Chains are whole, and each case has what its state says: one open task, or one job, or an end."""
    with store.read() as tx:
        for head in audit.heads(tx):
            assert audit.verify(tx, store.vault, head.chain) is None
        for case in tx.query(Case):
            tasks = count_rows(tx, Task, case_id=case.id, closed_at=None)
            awaited = tx.query(Job).where(Job.case_id == case.id, Job.task_id.is_not(None))
            jobs = awaited.where(Job.status.in_(("due", "sent"))).count()
            assert tasks + jobs + (case.ended_at is not None) == 1


def test_one_task_is_completed_by_one_of_eight(store: Store, cases: list[Walk], compete: Compete) -> None:
    for got in compete("submit", [(case.me.id, case.task("upload_photos").id) for case in cases]):
        assert _words(got) == ["Stale"] * (PROCESSES - 1) + ["won"]
    with store.read() as tx:
        assert count_rows(tx, Submission) == len(cases)
    _consistent(store)


def test_a_double_click_gets_one_answer_from_one_submission(store: Store, cases: list[Walk], compete: Compete) -> None:
    for got in compete("submit_alike", [(case.me.id, case.task("upload_photos").id) for case in cases]):
        assert len(set(got)) == 1 and got[0].startswith("won")
    with store.read() as tx:
        assert count_rows(tx, Submission) == len(cases)
        assert count_rows(tx, Job) == len(cases)


def test_going_on_and_giving_up_at_once_leave_one_truth(store: Store, cases: list[Walk], compete: Compete) -> None:
    """Going on may come before giving up, never after it."""
    for case, got in zip(
        cases,
        compete("submit_or_give_up", [(case.me.id, case.task("upload_photos").id) for case in cases]),
        strict=True,
    ):
        assert sum(word == "won by giving up" for word in got) == 1
        assert sum(word.startswith("won [") for word in got) <= 1
        assert case.case.status == "已放弃"
    _consistent(store)


def test_one_claim_of_eight_wins(cases: list[Walk], compete: Compete) -> None:
    few = cases[:FEW]
    for case in few:
        case.to_review()
    for got in compete("claim", [(case.me.id, case.task("review").id) for case in few]):
        assert _words(got) == ["Claimed"] * (PROCESSES - 1) + ["won"]


def test_one_result_of_eight_counts(store: Store, cases: list[Walk], compete: Compete) -> None:
    for case in cases:
        case.do("upload_photos")
        case.until("photo.check")
    outbox.due(store)
    jobs = {job.id for case in cases for job in case.jobs if job.status == "sent"}
    prizes = [(case.me.id, case.jobs[0].id) for case in cases]
    assert jobs == {job_id for _, job_id in prizes}
    for got in compete("answer", prizes):
        assert _words(got) == ["late"] * (PROCESSES - 1) + ["won"]
    _consistent(store)


def test_the_last_place_of_a_half_day_is_given_to_one_of_eight(
    store: Store, cases: list[Walk], compete: Compete
) -> None:
    record = dict(company.default_company().document)
    company.save(store, {**record, "appointments": {**record["appointments"], "capacity": 1}})
    wanted = [f"2026-11-{day}.{half}" for day in (24, 25, 26) for half in appointments.HALVES]
    for got in compete("book", [("", half) for half in wanted]):
        words = _words(got)
        assert words.count("won") == 1 and set(words) <= {"won", "FullyBooked", "Conflict"}, words
    with store.read() as tx:
        taken = appointments.counted(tx, "north", store.clock.now())
        assert set(taken.values()) == {1} and count_rows(tx, Appointment) == len(wanted)


def test_eight_openings_are_one_case(store: Store, compete: Compete) -> None:
    with store.write() as tx:
        for name in CUSTOMERS:
            tx.add(customer(name))
    for got in compete("open_one", [(name, "") for name in CUSTOMERS]):
        assert len(set(got)) == 1 and got[0].startswith("won")
    with store.read() as tx:
        assert count_rows(tx, Case) == len(CUSTOMERS)


def test_he_begins_anew_as_soon_as_his_last_case_has_ended(store: Store, cases: list[Walk], compete: Compete) -> None:
    """Four bring the last answer of the old case; in four windows he tries to begin until he may."""
    few = cases[:FEW]
    for case in few:
        case.to_application().until("account.apply")
    outbox.due(store)
    for case, got in zip(few, compete("end_or_begin", [(one.me.id, one.jobs[0].id) for one in few]), strict=True):
        assert _words(got) == ["ended", "late", "late", "late", *["won"] * 4]
        begun = {word for word in got if word.startswith("won")}
        assert len(begun) == 1 and case.case.ended_at is not None and begun != {f"won {case.id}"}
    _consistent(store)
