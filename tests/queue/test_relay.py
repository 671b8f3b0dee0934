"""From the outbox through the queue to a result, whatever the server does meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from rq import Queue
from sqlalchemy import event

from engine import outbox, photo_records, photos, texts
from engine.store import Store
from engine.tables import Incident, Job, Photo, PhotoRecord, SmsMessage
from engine.tries import NO_ANSWER
from tests.house import count_rows
from tests.queue.conftest import RunningServer
from tests.queue.parts import is_known, works
from tests.unit.specimens import PERSON, photograph
from tests.walk import Walk
from workers.house import House
from workers.photos import pipeline
from workers.relay import Relay
from workers.run import perform_in
from workers.settings import WorkerSettings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def upload(store: Store, walk: Callable[..., Walk]) -> tuple[str, str]:
    """A photograph that was just uploaded: its row and its job."""
    data = photograph(PERSON, "id_portrait")
    photo_id = photos.add(store, case_id=walk().id, slot="id_portrait", data=data, by="zhang", kind="id1")
    with store.read() as tx:
        return photo_id, tx.query(Job).filter_by(service="photo.process").one().id


def job(store: Store, job_id: str) -> Job:
    with store.read() as tx:
        return tx.get_one(Job, job_id)


def photo(store: Store, photo_id: str) -> Photo:
    with store.read() as tx:
        return tx.get_one(Photo, photo_id)


def test_an_upload_goes_through_relay_and_worker(
    house: House, settings: WorkerSettings, queue: Queue, upload: tuple[str, str]
) -> None:
    photo_id, job_id = upload
    assert Relay(house.store, queue).turn() == 1
    works("worker", house, settings)
    done = photo(house.store, photo_id)
    assert job(house.store, job_id).status == "done"
    assert (done.status, done.chosen, done.record["action"]) == ("reading", "crop", "crop")
    with house.store.read() as tx:
        assert house.store.vault.blobs.get(tx, done.case_id, done.crop).startswith(b"\xff\xd8")


def test_its_text_is_read_in_a_queue_of_its_own(
    house: House, settings: WorkerSettings, queue: Queue, upload: tuple[str, str]
) -> None:
    store, photo_id = house.store, upload[0]
    is_known(store, "zhang")
    Relay(store, queue).turn()
    works("worker", house, settings)
    store.clock.pass_by(days=9999)  # the parts live by the day's own clock
    assert Relay(store, queue).turn() == 1 and len(queue) == 0
    works("worker", house, settings)
    assert photo(store, photo_id).status == "reading"  # it does not take what the reader has to do
    works("reader", house, settings)
    assert photo(store, photo_id).status == "ready"
    with store.read() as tx:
        read = photo_records.readings(tx, store.vault, photo_id)
        assert (read["id_number"].value, read["id_number"].sure) == (PERSON.id_number, True)
        stages = {row.stage for row in tx.query(PhotoRecord).filter_by(photo_id=photo_id, run=1)}
    assert stages == {"ingest", "locate", "rectify", "orient", "quality", "read", "decide"}
    assert not {"number_mismatch"} & {one["code"] for one in photo(store, photo_id).record["verdicts"]}


def test_a_code_goes_before_a_photograph_and_the_queue_sees_its_id_alone(
    store: Store, queue: Queue, upload: tuple[str, str]
) -> None:
    code = "c" * 32
    with store.write() as tx:
        texts.write_down(store, tx, code, "+8613800138000", "123456", store.clock.now() + timedelta(minutes=5))
    assert Relay(store, queue).turn() == 2
    assert queue.job_ids == [f"{code}-1", f"{upload[1]}-1"]
    assert [job.args for job in queue.jobs] == [[code, 1], [upload[1], 1]]


def test_where_nothing_is_due_the_server_is_not_asked_and_the_database_once(store: Store) -> None:
    """The relay looks five times a second, day and night."""
    asked: list[str] = []
    event.listen(store.db, "before_cursor_execute", lambda *call: asked.append(call[2].split()[0]))
    nobody: Any = None
    assert Relay(store, nobody).turn() == 0
    assert asked == ["BEGIN", "SELECT", "SELECT"]


def test_while_the_server_is_away_nothing_is_leased(
    store: Store, own_server: RunningServer, queue_on: Callable[..., Queue], upload: tuple[str, str]
) -> None:
    relay = Relay(store, queue_on(own_server))
    own_server.stop()
    assert relay.turn() == 0
    assert (job(store, upload[1]).status, job(store, upload[1]).attempt) == ("due", 0)
    own_server.start()
    assert relay.turn() == 1


def test_a_server_that_leaves_between_lease_and_sending_loses_nothing(
    store: Store, own_server: RunningServer, queue_on: Callable[..., Queue], upload: tuple[str, str]
) -> None:
    queue = queue_on(own_server)
    relay = Relay(store, queue)
    relay._server_is_there = lambda: True  # type: ignore[method-assign]
    own_server.stop()
    assert relay.turn() == 0
    assert job(store, upload[1]).status == "sent"
    own_server.start()
    assert relay.turn() == 1
    assert queue.job_ids == [f"{upload[1]}-1"]


def test_a_server_that_forgets_everything_loses_nothing(house: House, queue: Queue, upload: tuple[str, str]) -> None:
    relay = Relay(house.store, queue)
    relay.turn()
    queue.empty()
    assert relay.turn() == 0
    house.store.clock.pass_by(seconds=121)
    assert relay.turn() == 1
    assert queue.job_ids == [f"{upload[1]}-2"]


def test_a_text_outlives_a_server_that_is_away_and_one_that_forgets_everything(
    house: House, own_server: RunningServer, queue_on: Callable[..., Queue], walk: Callable[..., Walk]
) -> None:
    case, queue = walk().to_review(), queue_on(own_server)
    relay = Relay(house.store, queue)
    own_server.stop()
    case.reject("review", "signature_invalid", review__decision="reject")
    assert relay.turn() == 0 and case.told == ["rejected_in_review"]
    own_server.start()
    assert relay.turn() == 1
    queue.connection.flushall()
    house.store.clock.pass_by(seconds=61)
    assert relay.turn() == 1
    [name] = queue.job_ids
    job_id, attempt = name.split("-")
    assert attempt == "2"
    accounts = SimpleNamespace(person=lambda _: SimpleNamespace(phone="+8613800138000"))
    perform_in(replace(house, accounts=accounts), job_id, 2)
    with house.store.read() as tx:
        assert job(house.store, job_id).status == "done" and count_rows(tx, SmsMessage, id=job_id) == 1


def test_a_job_that_is_in_the_queue_is_not_sent_twice(house: House, queue: Queue, upload: tuple[str, str]) -> None:
    relay = Relay(house.store, queue)
    relay.turn()
    relay.unsent = [*relay.unsent, *_again(house.store, upload[1])]
    relay.turn()
    assert queue.job_ids == [f"{upload[1]}-1"]


def _again(store: Store, job_id: str) -> list[object]:
    from engine.outbox import SentJob

    return [SentJob(job_id, 1, "photo.process", 120)]


def test_a_photograph_that_kills_workers_is_called_unreadable_at_last(
    house: House, queue: Queue, upload: tuple[str, str]
) -> None:
    """Two workers die without a word; the third attempt does not open the file again."""
    for attempt in (1, 2, 3):
        assert Relay(house.store, queue).turn() == 1
        if attempt < 3:
            outbox.take(house.store, upload[1], attempt)
            house.store.clock.pass_by(seconds=121)
    perform_in(house, upload[1], 3)
    assert photo(house.store, upload[0]).status == "unreadable"
    assert job(house.store, upload[1]).status == "done"


DEATH = """
import os, signal
from rq import Worker
from workers.photos import apart
from workers.worker import KaihuWorker

WORKER, as_ever = os.getpid(), apart.read

def read(data):
    if os.getpid() != WORKER:  # it warms up by reading
        os.kill(os.getpid(), signal.SIGKILL)
    return as_ever(data)

apart.read = read
{hears}
"""
DEAF = "KaihuWorker.handle_work_horse_killed = Worker.handle_work_horse_killed"


@pytest.mark.parametrize(
    ("hears", "told"),
    [("", ("due", NO_ANSWER)), (DEAF, ("sent", None))],
    ids=["it is told", "the control: it is not"],
)
def test_the_outbox_is_told_of_a_process_that_died_and_does_not_wait_for_the_lease(
    house: House,
    queue: Queue,
    settings: WorkerSettings,
    upload: tuple[str, str],
    hears: str,
    told: tuple[str, str | None],
) -> None:
    Relay(house.store, queue).turn()
    works("worker", house, settings, DEATH.format(hears=hears))
    died = job(house.store, upload[1])
    assert ((died.status, died.last_error), died.attempt) == (told, 1)
    assert photo(house.store, upload[0]).status == "processing"


def test_an_old_attempt_leaves_the_work_to_the_new_one(
    house: House, queue: Queue, upload: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Relay(house.store, queue).turn()
    house.store.clock.pass_by(seconds=121)
    Relay(house.store, queue).turn()
    monkeypatch.setattr(pipeline, "process", _never)
    perform_in(house, upload[1], 1)
    assert job(house.store, upload[1]).attempt == 2


def _never(*args: object) -> None:
    raise AssertionError


def test_what_is_written_of_an_error_names_no_data(
    house: House, queue: Queue, upload: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ValueError("119901198001010012 CANARY")

    monkeypatch.setattr(pipeline, "process", broken)
    Relay(house.store, queue).turn()
    perform_in(house, upload[1], 1)
    seen = job(house.store, upload[1])
    assert seen.status == "due"
    assert seen.last_error.startswith("ValueError in ")
    assert "CANARY" not in seen.last_error


def test_what_cannot_help_calls_an_operator_at_once(house: House, queue: Queue, upload: tuple[str, str]) -> None:
    with house.store.write() as tx:
        house.store.vault.blobs.shred(tx, photo(house.store, upload[0]).case_id)
    Relay(house.store, queue).turn()
    perform_in(house, upload[1], 1)
    with house.store.read() as tx:
        assert count_rows(tx, Incident, job_id=upload[1]) == 1
