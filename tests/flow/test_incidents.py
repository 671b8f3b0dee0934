"""What nobody could finish is seen: by its cause, with its input and every try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engine import incidents, outbox
from engine.incidents import Wish
from engine.store import Store
from engine.tables import Job
from engine.tries import tries_of
from tests.flow.trouble import broken, broken_draft, latest
from tests.house import HandClock
from tests.walk import Walk


def test_an_incident_tells_what_failed_with_its_input_and_every_try(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case, began = walk(), clock.now()
    case.do("upload_photos")
    case.until("photo.check")
    for error in ("TimeoutError in send:30", "TimeoutError in send:31", None):
        [sent] = outbox.due(store)
        outbox.take(store, sent.job_id, sent.attempt)
        clock.pass_by(seconds=7 if error else sent.lease_seconds + 1)
        if error:
            outbox.fail(store, sent.job_id, sent.attempt, error)
            clock.pass_by(minutes=10)
    outbox.due(store)
    with store.read() as tx:
        told = incidents.report(store, tx, latest(case).id)
    assert (told.job.service, told.job.element, told.case.id) == ("photo.check", "check_uploads", case.id)
    assert told.job.args == {"slots": "id_portrait,id_emblem,signature"}
    assert [(each.attempt, each.error) for each in told.tries] == [
        (1, "TimeoutError in send:30"), (2, "TimeoutError in send:31"), (3, "no answer within the lease"),
    ]  # fmt: skip
    assert told.tries[0].sent_at == began and told.tries[0].ended_at == began + timedelta(seconds=7)
    assert told.is_open and told.incident.at == clock.now() and not told.may_be_left


def test_a_try_that_was_answered_late_says_so_and_one_under_way_is_open(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk()
    case.do("upload_photos")
    case.until("photo.check")
    [sent] = outbox.due(store)
    with store.read() as tx:
        assert [(each.ended_at, each.error) for each in tries_of(tx, sent.job_id)] == [(None, None)]
    clock.pass_by(hours=1)
    outbox.due(store)  # the lease of the first is over
    outbox.finish(store, sent.job_id, 1, {"photos.verdict": "ok"})
    with store.read() as tx:
        first, second = tries_of(tx, sent.job_id)
    assert first.ended_at == store.clock.now() and first.error is None
    assert second.ended_at is None


def test_of_a_job_that_its_first_try_answered_the_job_alone_is_kept(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    case.do("upload_photos")
    case.until("photo.check")
    [sent] = outbox.due(store)
    outbox.finish(store, sent.job_id, 1, {"photos.verdict": "ok"})
    with store.read() as tx:
        job = tx.get_one(Job, sent.job_id)
        assert tries_of(tx, sent.job_id) == []
    assert (job.status, job.attempt, job.ended_at) == ("done", 1, store.clock.now())


def test_incidents_are_grouped_by_service_and_class_of_error(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    first, second = walk(customer="zhang"), walk(customer="wang")
    one, since = broken(first, "TimeoutError in send:30"), clock.now()
    clock.pass_by(minutes=1)
    broken(second, "TimeoutError in connect:12")
    impossible = broken_draft(store, first, "impossible: no notice")
    with store.read() as tx:
        groups = incidents.causes(tx, Wish())
        timeouts = incidents.listed(tx, Wish(service="photo.check", error="TimeoutError"), 10)
        others = incidents.listed(tx, Wish(error="impossible: no notice"), 10)
        assert incidents.count_open(tx) == 3
    assert [(g.cause.service, g.cause.error, g.count) for g in groups] == [
        ("photo.check", "TimeoutError", 2),
        ("notice.send", "impossible: no notice", 1),
    ]
    assert (groups[0].oldest, groups[0].newest) == (since, clock.now())
    assert [each.case.id for each in timeouts] == [first.id, second.id] and timeouts[0].incident.id == one.id
    assert [each.incident.id for each in others] == [impossible.id]


def test_the_list_is_narrowed_by_number_and_limited(store: Store, walk: Callable[..., Walk]) -> None:
    first, second = walk(customer="zhang"), walk(customer="wang")
    broken(first), broken(second)
    number = second.case.number or ""
    with store.read() as tx:
        assert [each.case.id for each in incidents.listed(tx, Wish(number=number[-4:]), 10)] == [second.id]
        assert incidents.listed(tx, Wish(number="%"), 10) == []
        assert len(incidents.listed(tx, Wish(), 1)) == 1
        assert incidents.listed(tx, Wish(settled=True), 10) == []
