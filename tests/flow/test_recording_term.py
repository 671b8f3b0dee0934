"""Recordings of a finished case stay until the company's term, of twenty years at least, has passed; then they go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import audit, call_timeline, calls, company, photos
from engine.recording_term import DELETE, delete_due, deleted_at
from engine.retention import shred_given_up
from engine.store import Store
from engine.tables import AuditRow, CallChunk, CallNote, CallPart, CallStill, Photo, Recording, VideoCall
from tests.flow.strides import applied
from tests.flow.test_appointments import case  # noqa: F401
from tests.flow.test_calls import LI, recorded
from tests.house import HandClock, staff
from tests.walk import Walk

YEARS = 20
TERM = {"days": 365.25 * YEARS}
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Both databases are asked in the same words; the first test asks both."""
LEFT = (CallChunk, CallPart, CallStill, CallNote, Recording)


def keeps(store: Store, years: int | None) -> None:
    document = company.default_company().document
    company.save(store, {**document, "retention": {"given_up_days": 30, "recording_years": years}})


@pytest.fixture
def talked(case: Callable[..., Walk], store: Store) -> Walk:  # noqa: F811
    """A case that succeeded, with all that a call leaves, and a photograph of the same bytes as a still."""
    walk = case("an")
    photos.add(store, case_id=walk.id, slot="id_portrait", data=b"a face", by="an", kind="id1")
    walk.to_queue().hold("video_verification", LI)
    recorded(walk)
    task = walk.task("video_verification")
    call_timeline.tick(store, task.id, LI, "introduced", True)
    with store.write() as tx:
        calls.conclude(store, tx, tx.get_one(type(task), task.id), calls.PASS)
    walk.submit(task, LI, {"video__decision": "pass"})
    walk.do("video_passed")
    walk.do("certificate_recheck", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", by=staff("wu"), review__decision="pass")
    return applied(walk)


def left(store: Store) -> int:
    with store.read() as tx:
        return sum(len(list(tx.scalars(select(table)))) for table in LEFT)


def files(folder: Path, walk: Walk) -> int:
    return sum(path.is_file() for path in (folder / "blobs" / walk.id).rglob("*"))


def test_they_go_when_the_term_has_passed_and_not_a_second_before(
    talked: Walk, store: Store, clock: HandClock, tmp_path: Path
) -> None:
    keeps(store, YEARS)
    before = files(tmp_path, talked)
    clock.pass_by(**TERM, seconds=-1)
    assert (delete_due(store), left(store), files(tmp_path, talked)) == (0, 5, before)
    clock.pass_by(seconds=1)
    assert [delete_due(store), delete_due(store)] == [1, 0]
    assert (left(store), files(tmp_path, talked)) == (0, before - 2), "the chunk and the film"


@SQLITE
def test_the_call_its_ticks_the_end_of_its_chain_and_the_papers_stay(
    talked: Walk, store: Store, clock: HandClock
) -> None:
    keeps(store, YEARS)
    clock.pass_by(**TERM)
    delete_due(store)
    with store.read() as tx:
        call = tx.scalars(select(VideoCall)).one()
        assert (call.outcome, call.chunks, len(call.head)) == (calls.PASS, 1, 64) and call.began_at < clock.now()
        assert len(call_timeline.ticks(tx, call.id)) == 1
        photo = tx.scalars(select(Photo)).one()
        assert store.vault.blobs.get(tx, talked.id, photo.original) == b"a face"
        chain = audit.case_chain(talked.id)
        [row] = tx.scalars(select(AuditRow).where(AuditRow.chain == chain, AuditRow.action == DELETE))
        assert (row.actor, row.body) == ("system:system", '{"files":2,"recordings":1}')
        assert deleted_at(tx, talked.id) == row.at == clock.now() and audit.verify(tx, store.vault, chain) is None


@SQLITE
@pytest.mark.parametrize("years", [None, 30])
def test_control_without_a_term_or_within_a_longer_one_nothing_goes(
    talked: Walk, store: Store, clock: HandClock, years: int | None
) -> None:
    keeps(store, years)
    clock.pass_by(**TERM)
    assert (delete_due(store), shred_given_up(store), left(store)) == (0, 0, 5)
    with store.read() as tx:
        assert deleted_at(tx, talked.id) is None


@SQLITE
def test_a_customer_who_came_back_since_keeps_his_older_recordings(
    talked: Walk, store: Store, clock: HandClock
) -> None:
    """The law counts from the end of the account: who does business still has one."""
    keeps(store, YEARS)
    clock.pass_by(days=365)
    Walk(store, customer="an")
    clock.pass_by(**TERM)
    assert (delete_due(store), left(store)) == (0, 5)


@SQLITE
def test_one_that_cannot_be_deleted_is_done_again_and_nothing_is_half_gone(
    talked: Walk, store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps(store, YEARS)
    clock.pass_by(**TERM)
    with monkeypatch.context() as broken:
        broken.setattr(store.vault.blobs, "remove", lambda *_: 1 / 0)
        assert (delete_due(store), left(store)) == (0, 5)
    assert (delete_due(store), left(store)) == (1, 0)
