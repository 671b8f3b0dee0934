"""A step waits for the reader only where it has something to read, and for a signature only where it is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rq import Queue, Worker

from engine import photos
from tests.flow.served import serve
from tests.unit.specimens import PERSON, photograph
from tests.walk import Walk
from workers.house import House
from workers.photo_settled import nothing_to_read
from workers.photo_text import left_unread
from workers.queue import beside
from workers.relay import Relay
from workers.settings import READING

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _uploaded(house: House, case: Walk, slot: str, data: bytes, *, settled: bool) -> None:
    kind = "sheet" if slot == "signature" else "id1"
    photo_id = photos.add(house.store, case_id=case.id, slot=slot, data=data, by="zhang", kind=kind)
    serve(house, "photo.process")
    effect = left_unread(house.store, photo_id) if settled else None
    if effect is not None:
        with house.store.write() as tx:
            effect(tx)


def _submitted(house: House, case: Walk) -> None:
    case.do("upload_photos")
    serve(house, "photo.look")
    assert [job.service for job in case.jobs] == ["photo.read"]


@pytest.mark.parametrize(
    ("slot", "settled", "there", "waits"),
    [
        ("id_portrait", False, False, True),  # the control: a minute and a half, and then without its text
        ("id_portrait", True, False, False),
        ("signature", False, False, False),  # no number stands on it
        ("signature", False, True, True),  # it takes a second: another paper in its place is told
        ("", True, False, False),  # every photograph is on file
    ],
)
def test_a_step_waits_for_the_reader_only_where_that_is_worth_it(
    house: House, queue: Queue, walk: Callable[..., Walk], slot: str, settled: bool, there: bool, waits: bool
) -> None:
    case = walk()
    if slot:
        _uploaded(house, case, slot, photograph(PERSON, slot), settled=settled)
    if there:
        Worker([beside(queue, READING)], connection=queue.connection).register_birth()
    _submitted(house, case)
    Relay(house.store, queue).turn()
    assert [job.service for job in case.jobs] == ["photo.read" if waits else "photo.check"]


def test_a_file_that_is_no_picture_has_no_text_to_wait_for(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    _uploaded(house, case, "id_portrait", b"no picture", settled=False)
    assert nothing_to_read(house.store, case.id, ["id_portrait"], there=True)


def test_what_cannot_be_asked_here_is_sent_to_a_worker_who_reports_it(
    house: House, queue: Queue, walk: Callable[..., Walk]
) -> None:
    """A list of cards that nobody submitted is an error of the job, not of the relay."""
    case = walk().to_bank_cards()
    case.do("bank_cards")
    Relay(house.store, queue).turn()
    assert [job.service for job in case.jobs] == ["card.read"]
    assert len(beside(queue, READING)) == 1
