"""放弃: at every step until the change is applied, and never after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import claims, drafts, outbox
from engine.cases import abandon, telling, waits_for
from engine.errors import Gone, NotYours, Stale
from engine.store import Store
from engine.tables import Case, Draft, Job, Task
from tests.house import count_rows, investor, staff
from tests.places import COUNTER, PLACES
from tests.walk import Walk


@pytest.mark.parametrize("place", [place for place in PLACES if place != COUNTER])
def test_a_case_is_given_up_wherever_it_stands(store: Store, walk: Callable[..., Walk], place: str) -> None:
    status, comes_there = PLACES[place]
    case = comes_there(walk)
    assert case.case.status == status
    drafts.save(store, case.id, "basic_data", "zhang", {"address": "a"})
    open_before = {task.id for task in case.tasks}
    case.give_up()
    assert case.case.status == "已放弃"
    assert case.case.ended_at == store.clock.now()
    with store.read() as tx:
        assert {task.closed_how for task in tx.query(Task).where(Task.id.in_(open_before))} <= {"abandoned"}
        assert count_rows(tx, Task, closed_at=None) == 0
        assert {job.status for job in tx.query(Job) if job.task_id} <= {"done", "discarded"}
        apart = {job.service for job in tx.query(Job) if not job.task_id} - {telling.SERVICE}
        assert apart == {"certificate.revoke"}, "asked for afterwards"
        assert count_rows(tx, Draft) == 0


@pytest.mark.parametrize(
    ("result", "status"),
    [("withdrawn", "已放弃"), ("applied", "办理成功")],
    ids=["in time", "it was applied after all"],
)
def test_at_the_counter_the_application_is_withdrawn_first(walk: Callable[..., Walk], result: str, status: str) -> None:
    case = walk().to_application()
    case.answer("account.apply", application__result="refused")
    case.give_up()
    assert case.case.ended_at is None
    case.answer("account.withdraw", application__result=result)
    assert case.case.status == status


def test_the_desk_that_held_the_claim_reads_that_the_customer_gave_up(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    task = claims.claim(store, case.task("review").id, staff())
    case.give_up()
    with pytest.raises(Stale) as stale:
        case.submit(task, staff(), {"review__decision": "pass"})
    assert (stale.value.how, stale.value.closed_by) == ("abandoned", "zhang")


@pytest.mark.parametrize("applied", [False, True], ids=["while it is applied", "after it is applied"])
def test_it_is_too_late_once_the_change_is_on_its_way(store: Store, walk: Callable[..., Walk], applied: bool) -> None:
    case = walk().to_success() if applied else walk().to_application()
    with store.read() as tx:
        row = tx.get(Case, case.id)
        assert row is not None and not waits_for(store, tx, row, "abandon")
    with pytest.raises(Stale):
        case.give_up()


def test_giving_up_twice_by_one_click_is_one_giving_up(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    for _ in range(2):
        abandon(store, case.id, case.me, "nonce")
    assert case.case.status == "已放弃"
    with pytest.raises(Stale):
        abandon(store, case.id, case.me, "another")


def test_only_the_customer_himself_gives_up(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    with pytest.raises(Gone):
        abandon(store, case.id, investor("wang"), "n")
    with pytest.raises(NotYours):
        abandon(store, case.id, staff(), "n")


def test_the_late_result_of_an_abandoned_case_changes_nothing(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    case.do("upload_photos")
    [sent] = outbox.due(store)
    case.give_up()
    version = case.case.version
    assert outbox.finish(store, sent.job_id, sent.attempt, {"photos.verdict": "ok"}) is False
    outbox.fail(store, sent.job_id, sent.attempt, "too late anyway")
    assert case.case.version == version


def test_facts_of_the_interrupted_part_are_not_lost(walk: Callable[..., Walk]) -> None:
    case = walk().to_queue()
    case.give_up()
    assert case.facts["certificate"] == {"found": False}


def test_a_customer_may_start_again_after_giving_up(walk: Callable[..., Walk]) -> None:
    first = walk().photos()
    first.give_up()
    second = walk().photos()
    assert second.id != first.id
    assert second.case.number != first.case.number
