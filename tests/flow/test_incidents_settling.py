"""What nobody could finish is sent again with fresh attempts, or settled with a note: once, by an operator."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine import audit, incidents, outbox
from engine.actors import Actor
from engine.errors import Gone, NotYours, Stale
from engine.store import Store
from engine.tables import AppliedChange, Job
from tests.flow.trouble import OPERATOR, RETAKE, broken, broken_draft, latest, rows
from tests.house import HandClock, count_rows, investor, staff
from tests.walk import Walk


def test_a_retry_gives_fresh_attempts_whose_numbers_go_on(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk()
    incident = broken(case)
    incidents.retry(store, incident.id, OPERATOR, "the server is back")
    for attempt in (2, 3, 4):
        [sent] = outbox.due(store)
        assert sent.attempt == attempt
        outbox.take(store, sent.job_id, attempt)
        outbox.fail(store, sent.job_id, attempt - 1, "an old attempt speaks late", permanent=True)
        outbox.fail(store, sent.job_id, attempt, "busy")
        clock.pass_by(minutes=10)
    assert latest(case).id != incident.id and outbox.due(store) == []
    with store.read() as tx:
        told = incidents.report(store, tx, latest(case).id)
    assert [each.id for each in told.others] == [incident.id] and len(told.tries) == 4


def test_the_first_pause_after_a_retry_is_as_short_as_at_first(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk()
    incidents.retry(store, broken(case).id, OPERATOR, "mended")
    [sent] = outbox.due(store)
    outbox.fail(store, sent.job_id, sent.attempt, "busy")
    with store.read() as tx:
        pause = tx.get_one(Job, sent.job_id).run_after - clock.now()
    assert timedelta(seconds=10) <= pause <= timedelta(seconds=12.5)


def test_a_retry_says_who_when_and_why(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = walk()
    incident = broken(case)
    clock.pass_by(minutes=5)
    incidents.retry(store, incident.id, OPERATOR, "the server is back")
    settled = latest(case)
    assert (settled.how, settled.resolved_by, settled.note) == ("retry", "ops", "the server is back")
    assert settled.resolved_at == clock.now()
    [row] = rows(store, case, "incident.retry")
    assert row.actor == "staff:ops" and json.loads(row.body)["note"] == "the server is back"
    case.answer("photo.check", photos__verdict="ok")
    assert case.steps == ["check_photos"]


def test_what_is_settled_is_not_settled_again(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    incident = broken(case)
    incidents.retry(store, incident.id, OPERATOR)
    for again in (
        lambda: incidents.retry(store, incident.id, staff("late", "administrator")),
        lambda: incidents.resolve(store, incident.id, OPERATOR, RETAKE, "no use"),
        lambda: incidents.leave(store, incident.id, OPERATOR, "no use"),
    ):
        with pytest.raises(Stale) as refused:
            again()
        assert (refused.value.closed_by, refused.value.how) == ("ops", "retry")
    with pytest.raises(Gone):
        incidents.retry(store, "none", OPERATOR)


@pytest.mark.parametrize(
    ("how", "away"),
    [("moot", lambda case: case.give_up()), ("late", lambda case: late(case))],
    ids=["the customer gave up", "the worker answered late"],
)
def test_an_incident_settles_itself_and_a_retry_looks_first(
    store: Store, walk: Callable[..., Walk], how: str, away: Callable[[Walk], object]
) -> None:
    case = walk()
    incident = broken(case)
    away(case)
    with pytest.raises(Stale) as refused:
        incidents.retry(store, incident.id, OPERATOR)
    assert (refused.value.how, refused.value.closed_by) == (how, None)
    assert latest(case).how == how and "photo.check" not in [sent.service for sent in outbox.due(store)]
    with store.read() as tx:
        assert incidents.count_open(tx) == 0


def late(case: Walk) -> None:
    job = latest(case).job_id
    assert outbox.finish(case.store, job, 1, {"photos.verdict": "ok"})
    assert case.steps == ["check_photos"]


def test_a_retry_asks_the_process_whether_it_still_waits(store: Store, walk: Callable[..., Walk]) -> None:
    """The rows say so already; were they wrong, nothing would be sent for nobody."""
    case = walk()
    incident = broken(case)
    with store.write() as tx:
        tx.get_one(Job, incident.job_id).task_id = "00000000-0000-0000-0000-000000000000"
    with pytest.raises(Stale):
        incidents.retry(store, incident.id, OPERATOR)
    assert outbox.due(store) == []


def test_a_service_that_this_version_does_not_have_is_sent_to_nobody(store: Store, walk: Callable[..., Walk]) -> None:
    incident = broken(walk())
    other = replace(store, services={name: spec for name, spec in store.services.items() if name != "photo.check"})
    with pytest.raises(Gone):
        incidents.retry(other, incident.id, OPERATOR)
    with pytest.raises(Gone):
        incidents.resolve(other, incident.id, OPERATOR, RETAKE, "no use")
    with store.read() as tx:
        assert incidents.report(other, tx, incident.id).results == ()
        assert incidents.count_open(tx) == 1


def test_one_cause_is_retried_with_a_result_for_each(store: Store, walk: Callable[..., Walk]) -> None:
    first, second = walk(customer="zhang"), walk(customer="wang")
    one, two = broken(first), broken(second)
    incidents.retry(store, two.id, OPERATOR, "alone")
    done = incidents.retry_all(store, [one.id, two.id, "none", one.id], OPERATOR, "all of it")
    assert [(each.incident_id, each.outcome, each.how) for each in done] == [
        (one.id, "retried", ""), (two.id, "settled", "retry"), ("none", "gone", ""),
    ]  # fmt: skip
    assert done[1].by == "ops" and done[1].at == store.clock.now()
    assert len(outbox.due(store)) == 2


def test_an_operator_vouches_for_a_result_and_the_case_goes_on(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    incident = broken(case)
    incidents.resolve(store, incident.id, OPERATOR, RETAKE, "the files are damaged")
    assert case.steps == ["upload_photos"]
    assert (latest(case).how, latest(case).note) == ("result", "the files are damaged")
    [row] = rows(store, case, "incident.result")
    body = json.loads(row.body)
    assert row.actor == "staff:ops" and body["facts"] == {"photos.verdict": "retake"} and body["flows"]
    with store.read() as tx:
        assert incidents.report(store, tx, incident.id).tries[-1].error == "TimeoutError in send:30"


def test_a_worker_that_answers_after_that_changes_nothing(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    incident = broken(case)
    incidents.resolve(store, incident.id, OPERATOR, RETAKE, "the files are damaged")
    effects: list[str] = []
    assert not outbox.finish(store, incident.job_id, 1, {"photos.verdict": "ok"}, lambda tx: effects.append("done"))
    assert case.steps == ["upload_photos"] and effects == []


@pytest.mark.parametrize("result", ["photos.verdict=ok", "photos.verdict=", "", "application.result=applied"])
def test_only_what_the_service_may_be_spared_is_given_by_hand(
    store: Store, walk: Callable[..., Walk], result: str
) -> None:
    incident = broken(walk())
    with pytest.raises(ValueError, match="by hand"):
        incidents.resolve(store, incident.id, OPERATOR, result, "why not")
    with pytest.raises(ValueError, match="note"):
        incidents.resolve(store, incident.id, OPERATOR, RETAKE, "  ")


def test_what_a_case_waits_for_is_not_left_what_nobody_waits_for_is(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    waited = broken(case)
    with pytest.raises(NotYours):
        incidents.leave(store, waited.id, OPERATOR, "never mind")
    alone = broken_draft(store, case, "impossible: no notice")
    with pytest.raises(ValueError, match="note"):
        incidents.leave(store, alone.id, OPERATOR, "")
    incidents.leave(store, alone.id, OPERATOR, "told by telephone")
    assert latest(case).how == "left" and not outbox.finish(store, alone.job_id, 1, {"notice.sent": True})
    assert [json.loads(row.body)["note"] for row in rows(store, case, "incident.left")] == ["told by telephone"]
    with store.read() as tx:
        assert incidents.count_open(tx) == 1


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (staff("ops", "operator"), True),
        (staff("admin", "administrator", branch="south"), True),
        (Actor("system", "root", "root"), True),
        (staff("li", "reviewer", "verifier"), False),
        (staff("chief", "supervisor"), False),
        (investor("zhang"), False),
    ],
    ids=lambda each: each.id if isinstance(each, Actor) else "",
)
def test_only_an_operator_settles(store: Store, walk: Callable[..., Walk], actor: Actor, may: bool) -> None:
    incident = broken(walk())
    if may:
        incidents.retry(store, incident.id, actor)
        return
    for move in (
        lambda: incidents.retry(store, incident.id, actor),
        lambda: incidents.resolve(store, incident.id, actor, RETAKE, "mine"),
        lambda: incidents.leave(store, incident.id, actor, "mine"),
    ):
        with pytest.raises(NotYours):
            move()


def test_the_chain_of_the_case_is_whole_after_all_of_it(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    incidents.retry(store, broken(case).id, OPERATOR, "once")
    [sent] = outbox.due(store)
    outbox.fail(store, sent.job_id, sent.attempt, "again", permanent=True)
    incidents.resolve(store, latest(case).id, OPERATOR, RETAKE, "enough")
    with store.read() as tx:
        assert audit.verify(tx, store.vault, audit.case_chain(case.id)) is None
        assert count_rows(tx, AppliedChange) == 0
