"""The reader is away: a case goes on without the text, in a minute and a half, and nobody is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rq import Queue

from engine import incidents, photo_records, photos
from engine.tables import Job, Photo
from tests.queue.parts import is_known, works
from tests.unit.specimens import PERSON, photograph
from tests.walk import Walk
from workers.house import House
from workers.relay import Relay
from workers.settings import READ_IN, WorkerSettings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NO_MODELS = "import workers.photos.reading\nworkers.photos.reading.warm = lambda: None\n"
"""For a reader that finds nothing to read."""


def _carry(house: House, queue: Queue, settings: WorkerSettings, until: str) -> None:
    """The relay and the ordinary worker, until this service waits."""
    for _ in range(4):
        Relay(house.store, queue).turn()
        works("worker", house, settings)
        house.store.clock.pass_by(seconds=1)
        with house.store.read() as tx:
            if tx.query(Job).filter(Job.service == until, Job.ended_at.is_(None)).first():
                return
    raise AssertionError(f"{until} does not wait")


@pytest.mark.parametrize("is_there", [False, True], ids=["it was stopped", "the control: it is there"])
def test_a_case_goes_on_without_the_text_that_nobody_reads(
    house: House, settings: WorkerSettings, queue: Queue, walk: Callable[..., Walk], is_there: bool
) -> None:
    store, case = house.store, walk()
    is_known(store, "zhang")
    works("reader", house, settings, NO_MODELS)  # it was there once, and ended
    data = photograph(PERSON, "id_portrait")
    photo_id = photos.add(store, case_id=case.id, slot="id_portrait", data=data, by="zhang", kind="id1")
    store.clock.pass_by(days=9999)  # the parts live by the day's own clock
    case.do("upload_photos")
    _carry(house, queue, settings, "photo.read")
    Relay(store, queue).turn()
    if is_there:
        works("reader", house, settings)
    else:
        for _ in range(2):  # its leases end
            store.clock.pass_by(seconds=READ_IN + 1)
            Relay(store, queue).turn()
    Relay(store, queue).turn()
    works("worker", house, settings)
    with store.read() as tx:
        photo = tx.get_one(Photo, photo_id)
        read = photo_records.readings(tx, store.vault, photo_id)
        assert (photo.status, case.steps) == ("ready", ["check_photos"])
        assert ("id_number" in read) is is_there and bool(photo.record.get("fields")) is is_there
        assert incidents.count_open(tx) == 0
