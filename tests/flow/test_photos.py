"""Uploads as rows: sealed at once, each with its own job, the newest counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.looked_at import seconds_of_newest
from engine import outbox, photo_records, photos
from engine.errors import Gone, NoRoom, Stale
from engine.photo_records import Reading
from engine.store import Store
from engine.tables import Job, Photo, PhotoRecord
from tests.house import HandClock, count_rows
from tests.walk import Walk

OUTLINE = [(50.0, 40.0), (350.0, 60.0), (340.0, 250.0), (60.0, 240.0)]


def _add(case: Walk, data: bytes = b"picture", slot: str = "id_portrait") -> str:
    return photos.add(case.store, case_id=case.id, slot=slot, data=data, by="zhang", kind="id1")


def test_an_upload_is_sealed_and_gets_a_job_of_its_own(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    photo_id = _add(case)
    with store.read() as tx:
        photo = photos.latest(tx, case.id, "id_portrait")
        assert photo is not None and photo.id == photo_id
        assert (photo.status, photo.record) == ("processing", {"kind": "id1"})
        assert store.vault.blobs.get(tx, case.id, photo.original) == b"picture"
        [job] = tx.query(Job).where(Job.service == "photo.process")
    assert (job.task_id, job.args) == (None, {"photo_id": photo_id})
    [sent] = outbox.due(store)
    assert outbox.finish(store, sent.job_id, sent.attempt, {})


def test_the_benchmark_of_uploads_finds_the_job_of_the_newest(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    for seconds in (7, 3):
        _add(walk())
        [sent] = outbox.due(store)
        clock.pass_by(seconds=seconds)
        assert outbox.finish(store, sent.job_id, sent.attempt, {})
        with store.read() as tx:
            assert seconds_of_newest(tx) == seconds


def test_the_newest_of_a_slot_counts_until_it_is_removed(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk()
    first = _add(case, b"one")
    clock.pass_by(seconds=1)
    second = _add(case, b"two")
    with store.read() as tx:
        assert {slot: photo.id for slot, photo in photos.slots(tx, case.id).items()} == {"id_portrait": second}
    photos.remove(store, second)
    photos.choose(store, first, "original")
    with store.read() as tx:
        photo = photos.latest(tx, case.id, "id_portrait")
        assert photo is not None and (photo.id, photo.chosen) == (first, "original")


def test_a_draft_job_survives_the_steps_of_its_case(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    _add(case)
    case.do("upload_photos")
    with store.read() as tx:
        assert count_rows(tx, Job, service="photo.process", status="due") == 1


def test_an_ended_case_takes_no_uploads(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    photo_id = _add(case)
    case.give_up()
    for late in (lambda: _add(case), lambda: photos.remove(store, photo_id)):
        with pytest.raises(Stale):
            late()
    with pytest.raises(Gone):
        photos.choose(store, "nothing", "crop")


def test_what_was_submitted_with_a_step_is_not_exchanged_after_it(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    step = case.task("upload_photos").id
    late = {"case_id": case.id, "slot": "id_portrait", "data": b"late", "by": "zhang", "kind": "id1", "task_id": step}
    photo_id = photos.add(store, **late)
    photos.choose(store, photo_id, "original", step)
    case.do("upload_photos")
    for act in (lambda: photos.add(store, **late), lambda: photos.choose(store, photo_id, "crop", step)):
        with pytest.raises(Stale):
            act()
    with store.read() as tx:
        photo = photos.latest(tx, case.id, "id_portrait")
        assert photo is not None and (photo.id, photo.chosen) == (photo_id, "original")
        assert count_rows(tx, Job, service="photo.process") == 1


def test_a_full_disk_stores_nothing(store: Store, walk: Callable[..., Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    case = walk()

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.vault.blobs, "put", full)
    with pytest.raises(NoRoom):
        _add(case)
    with store.read() as tx:
        assert count_rows(tx, Photo) == 0
        assert count_rows(tx, Job) == 0


def _looked_at(store: Store, case: Walk) -> str:
    """A photograph with a picture, as the pipeline leaves it."""
    photo_id = _add(case)
    with store.write() as tx:
        photo = tx.get_one(Photo, photo_id)
        photo.status, photo.record = "ready", {"kind": "id1", "size": [400, 300]}
        photo_records.write(tx, store.vault, photo, 1, "locate", {"corners": None}, store.clock.now())
    return photo_id


def test_an_outline_by_hand_begins_a_run_of_its_own_and_is_cut_out_by_a_job(
    store: Store, walk: Callable[..., Walk]
) -> None:
    case = walk()
    photo_id = _looked_at(store, case)
    photos.outline(store, photo_id, OUTLINE, "zhang", case.task("upload_photos").id)
    with store.read() as tx:
        assert tx.get_one(Photo, photo_id).status == "processing"
        run = photo_records.run_of(tx, store.vault, photo_id)
        assert (run.number, run.outline, run.by) == (2, tuple(OUTLINE), "zhang")
        assert count_rows(tx, Job, service="photo.process") == 2
        first = tx.get_one(PhotoRecord, (photo_id, 1, "locate"))
        assert store.vault.open_json(photo_records.BODY, first.body) == {"corners": None}
    with pytest.raises(ValueError, match="no picture yet"):
        photos.outline(store, photo_id, OUTLINE, "zhang")


def test_an_outline_is_refused_once_its_step_is_done(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    step, photo_id = case.task("upload_photos").id, _looked_at(store, case)
    case.do("upload_photos")
    with pytest.raises(Stale):
        photos.outline(store, photo_id, OUTLINE, "zhang", step)
    with store.read() as tx:
        assert photo_records.run_of(tx, store.vault, photo_id).number == 1


def test_what_was_read_is_sealed(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    photo_id = _looked_at(store, case)
    name = Reading("王样本", 0.98, ((1, 2), (3, 2), (3, 4), (1, 4)), checked=False, sure=True)
    with store.write() as tx:
        photo = tx.get_one(Photo, photo_id)
        read = {"fields": {"name": name.plain()}}
        photo_records.write(tx, store.vault, photo, 1, "read", read, store.clock.now())
    with store.read() as tx:
        assert photo_records.readings(tx, store.vault, photo_id) == {"name": name}
        assert "王样本".encode() not in tx.get_one(PhotoRecord, (photo_id, 1, "read")).body


def test_earlier_photographs_of_a_slot_come_newest_first(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case, ids = walk(), []
    for data in (b"one", b"two", b"three"):
        ids.append(_add(case, data))
        clock.pass_by(seconds=1)
    with store.read() as tx:
        assert [photo.id for photo in photo_records.earlier(tx, case.id, "id_portrait")] == [ids[1], ids[0]]
