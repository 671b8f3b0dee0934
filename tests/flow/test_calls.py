"""A call is one row for each claim, open while its verifier holds the customer, and shredded with the case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cli.blob_copies import missing
from engine import call_timeline, call_traces, calls, claims, company, recordings, stills
from engine.errors import NotClaimed
from engine.retention import shred_given_up
from engine.stills import Shot
from engine.store import Store
from engine.tables import CallChunk, CallNote, CallStill, Job, Recording, VideoCall
from tests.flow.test_appointments import case  # noqa: F401
from tests.house import HandClock, hire, staff
from tests.walk import Walk

LI, HAN = staff("li", "verifier"), staff("han", "verifier")


@pytest.fixture
def queued(case) -> Walk:  # noqa: F811
    return case("an").to_queue()


def rows(store: Store) -> list[VideoCall]:
    with store.read() as tx:
        return list(tx.scalars(select(VideoCall).order_by(VideoCall.began_at)))


def room(walk: Walk) -> VideoCall:
    return calls.room(walk.store, walk.task("video_verification").id, LI)


def recorded(walk: Walk) -> VideoCall:
    """A call with everything that can be left behind; the film is no film."""
    store, task_id, call = walk.store, walk.task("video_verification").id, room(walk)
    assert calls.consent(store, walk.id, walk.me)
    recordings.append(store, task_id, LI, 1, 0, b"half a second")
    stills.add(store, call.id, Shot("face", "investor", "a-nonce", b"a face", 640, 480))
    call_timeline.note(store, task_id, LI, "he speaks slowly")
    with store.write() as tx:
        piece = store.vault.blobs.put(tx, walk.id, b"a film")
        tx.add(
            Recording(
                call_id=call.id, case_id=walk.id, size=6, duration_ms=500, digest="", pieces=[piece], parts=[],
                faults=[], chunks=1, head="", made_at=store.clock.now(),
            )
        )  # fmt: skip
    return call


def test_a_room_is_one_call_however_often_it_is_opened(queued: Walk) -> None:
    queued.hold("video_verification", LI)
    assert room(queued).id == room(queued).id and len(rows(queued.store)) == 1


def test_nobody_opens_a_room_without_the_claim(queued: Walk, store: Store) -> None:
    with pytest.raises(NotClaimed):
        room(queued)
    queued.hold("video_verification", LI)
    with pytest.raises(NotClaimed):
        calls.room(store, queued.task("video_verification").id, staff("wu", "verifier"))
    assert room(queued).verifier == "li"


def test_another_claim_is_another_call_and_the_first_one_was_left(queued: Walk, store: Store, clock: HandClock) -> None:
    queued.hold("video_verification", LI)
    first = room(queued)
    claims.release(store, queued.task("video_verification").id, LI)
    clock.pass_by(minutes=1)
    queued.hold("video_verification", LI)
    second = room(queued)
    assert [(row.id, row.outcome) for row in rows(store)] == [(first.id, "left"), (second.id, None)]


def test_the_customers_call_is_there_while_his_verifier_holds_him(queued: Walk, store: Store, clock: HandClock) -> None:
    queued.hold("video_verification", LI)
    call = room(queued)

    def now() -> str | None:
        with store.read() as tx:
            found = calls.of_case(tx, queued.id, store.clock.now())
            return found.id if found else None

    assert now() == call.id
    clock.pass_by(seconds=claims.CALL_LEASE.total_seconds())
    assert now() is None


def test_a_call_whose_claim_has_ended_is_closed_and_its_recording_joined(
    queued: Walk, store: Store, clock: HandClock
) -> None:
    queued.hold("video_verification", LI)
    recorded(queued)
    assert calls.close_left(store) == 0
    clock.pass_by(seconds=claims.CALL_LEASE.total_seconds())
    assert [calls.close_left(store) for _ in range(2)] == [1, 0]
    assert rows(store)[0].outcome == "left"
    with store.read() as tx:
        assert [job.service for job in tx.scalars(select(Job)) if job.service == calls.REMUX] == [calls.REMUX]


def test_what_a_verifier_concludes_is_not_written_to_a_colleagues_call(
    queued: Walk, store: Store, clock: HandClock
) -> None:
    """His own page had not opened a room yet, and nobody had closed the one before."""
    hire(store, HAN)
    queued.hold("video_verification", LI)
    room(queued)
    task = queued.task("video_verification")
    claims.release(store, task.id, LI)
    clock.pass_by(minutes=1)
    queued.hold("video_verification", HAN)
    with store.write() as tx:
        calls.conclude(store, tx, tx.get_one(type(task), task.id), calls.INTERRUPTED)
    assert [(row.verifier, row.outcome) for row in rows(store)] == [("li", "left"), ("han", "interrupted")]


def test_a_call_that_was_left_breaks_no_row_of_interruptions(queued: Walk, store: Store, clock: HandClock) -> None:
    for _ in range(2):
        queued.hold("video_verification", LI)
        task = queued.task("video_verification")
        room(queued)
        with store.write() as tx:
            calls.conclude(store, tx, tx.get_one(type(task), task.id), calls.INTERRUPTED)
        clock.pass_by(minutes=1)
        claims.release(store, task.id, LI)
        queued.hold("video_verification", LI)
        room(queued)
        claims.release(store, task.id, LI)
        clock.pass_by(minutes=1)
        calls.close_left(store)
    with store.read() as tx:
        assert calls.interruptions(tx, queued.id) == 2


def test_every_blob_of_a_call_is_looked_for_in_a_backup(queued: Walk, store: Store, tmp_path) -> None:
    queued.hold("video_verification", LI)
    recorded(queued)
    with store.read() as tx:
        named = {f"{owner}/{name}" for owner, name in call_traces.blobs(tx)}
        assert len(named) == 3 and named <= set(missing(tx, tmp_path, frozenset()))


def test_what_a_call_left_is_shredded_with_a_case_that_was_given_up(
    queued: Walk, store: Store, clock: HandClock
) -> None:
    queued.hold("video_verification", LI)
    recorded(queued)
    queued.give_up()
    clock.pass_by(days=company.default_company().retention.given_up_days)
    assert shred_given_up(store) == 1
    with store.read() as tx:
        for table in (CallChunk, CallStill, CallNote, Recording):
            assert tx.scalars(select(table)).first() is None, table
    assert len(rows(store)) == 1
