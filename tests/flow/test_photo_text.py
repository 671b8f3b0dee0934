"""The text of photographs as rows: read once, by whoever comes first, of the outline that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from engine import photo_records, photos
from engine.errors import Stale
from engine.store import Store
from engine.tables import Photo, PhotoRecord
from tests.flow.served import serve, submit_cards
from tests.house import count_rows
from tests.unit.specimens import PERSON, photograph
from tests.walk import Walk
from workers.drivers.sms import LocalSmsGateway
from workers.house import House
from workers.photo_rows import looked_at as look
from workers.photo_text import recognised
from workers.photos import recognise
from workers.photos.reading import Reading
from workers.photos.reading import read as read_text
from workers.service import Effect, JobContext

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.xdist_group("text of photographs"),
]


@pytest.fixture(scope="module", autouse=True)
def the_same_pixels_are_read_once() -> Iterator[None]:
    """What stands on a card is tests/unit's subject; here it is what becomes of it."""
    kept: dict[tuple[object, ...], Reading] = {}

    def remembered(picture: Image.Image, *asked: Any) -> Reading:
        pixels = (picture.size, picture.tobytes(), *asked)
        if pixels not in kept:
            kept[pixels] = read_text(picture, *asked)
        return kept[pixels]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognise, "read", remembered)
        yield


class Accounts:
    """Knows one number."""

    name = "test"

    def __init__(self, id_number: str = PERSON.id_number) -> None:
        self.id_number = id_number

    def person(self, customer_id: str) -> Any:
        return SimpleNamespace(phone="13800138000", id_number=self.id_number)


@pytest.fixture
def house(store: Store) -> House:
    return House(store, Accounts(), LocalSmsGateway(store))


@pytest.fixture
def looked_at(house: House, walk: Callable[..., Walk]) -> str:
    """A portrait side that was looked at, and waits to be read."""
    data = photograph(PERSON, "id_portrait")
    photo_id = photos.add(house.store, case_id=walk().id, slot="id_portrait", data=data, by="zhang", kind="id1")
    serve(house, "photo.process")
    assert photo(house, photo_id).status == "reading"
    return photo_id


def photo(house: House, photo_id: str) -> Photo:
    with house.store.read() as tx:
        return tx.get_one(Photo, photo_id)


def codes(house: House, photo_id: str) -> list[str]:
    return [one["code"] for one in (photo(house, photo_id).record or {})["verdicts"]]


def read(house: House, photo_id: str) -> dict[str, str]:
    with house.store.read() as tx:
        return {name: one.value for name, one in photo_records.readings(tx, house.store.vault, photo_id).items()}


def records(house: House, photo_id: str, run: int) -> set[str]:
    with house.store.read() as tx:
        return {row.stage for row in tx.query(PhotoRecord).filter_by(photo_id=photo_id, run=run)}


def looked_at_again(house: House, photo_id: str) -> Effect:
    """The last attempt of a job that died before it could say anything."""
    effect = look(house.store, photo_id, give_up=True)
    assert effect is not None
    return effect


def job_of(house: House, photo_id: str, last: bool = False) -> JobContext:
    case_id = photo(house, photo_id).case_id
    return JobContext(house.store, case_id, "job", 1, house.accounts, house.sms, None, last)


def test_what_stands_on_the_card_is_read_and_the_row_says_no_more_than_which_fields(
    house: House, looked_at: str
) -> None:
    serve(house, "photo.recognise")
    row = photo(house, looked_at)
    assert row.status == "ready" and {"id_number", "name", "address"} <= set(row.record["fields"])
    assert read(house, looked_at)["id_number"] == PERSON.id_number
    assert PERSON.id_number not in str(row.record) and PERSON.name not in str(row.record)


@pytest.mark.parametrize("other", [False, True])
def test_the_number_of_somebody_else_is_a_verdict_and_is_written_over_nothing(
    house: House, looked_at: str, other: bool
) -> None:
    mine = replace(house, accounts=Accounts("110101199003070070")) if other else house
    serve(mine, "photo.recognise")
    assert ("number_mismatch" in codes(house, looked_at)) is other
    assert photo(house, looked_at).record["action"] == ("review" if other else "crop")
    assert read(house, looked_at)["id_number"] == PERSON.id_number


def test_after_the_last_attempt_the_customer_types_himself(house: House, looked_at: str) -> None:
    effect = recognised(job_of(house, looked_at, last=True), looked_at)
    assert effect is not None
    with house.store.write() as tx:
        effect(tx)
    assert (photo(house, looked_at).status, read(house, looked_at)) == ("ready", {})


def test_an_outline_drawn_meanwhile_is_not_given_the_text_of_the_old_one(house: House, looked_at: str) -> None:
    effect = recognised(job_of(house, looked_at), looked_at)
    width, height = photo(house, looked_at).size
    photos.outline(house.store, looked_at, [(0, 0), (width, 0), (width, height), (0, height)], "zhang")
    assert effect is not None
    with house.store.write() as tx:
        effect(tx)
    assert photo(house, looked_at).status == "processing" and read(house, looked_at) == {}


def test_an_outline_by_hand_has_a_run_of_its_own_and_the_first_cut_out_is_kept(house: House, looked_at: str) -> None:
    serve(house, "photo.recognise")
    before = photo(house, looked_at)
    corners = [(x + 9, y + 9) for x, y in before.record["corners"]]
    photos.outline(house.store, looked_at, corners, "zhang")
    serve(house, "photo.process")
    serve(house, "photo.recognise")
    after = photo(house, looked_at)
    assert (after.status, after.chosen) == ("ready", "crop") and after.crop != before.crop
    stages = {"ingest", "locate", "rectify", "orient", "quality", "read", "decide"}
    assert records(house, looked_at, 1) == records(house, looked_at, 2) == stages
    with house.store.read() as tx:
        first = tx.get_one(PhotoRecord, (looked_at, 1, "orient"))
        assert first.blob == before.crop and house.store.vault.blobs.get(tx, before.case_id, str(first.blob))
        assert tx.get_one(PhotoRecord, (looked_at, 2, "locate")).by == "zhang"
        assert count_rows(tx, PhotoRecord, photo_id=looked_at) == 2 * len(stages)


def test_a_choice_of_the_original_outlives_the_reading(house: House, looked_at: str) -> None:
    photos.choose(house.store, looked_at, "original")
    serve(house, "photo.recognise")
    assert photo(house, looked_at).chosen == "original"


def test_the_photograph_of_a_new_card_is_read_before_it_is_judged(house: House, walk: Callable[..., Walk]) -> None:
    """It may be handed in before its own jobs were done; they find it done."""
    case = walk().to_bank_cards()
    data = photograph(PERSON, "id_portrait")  # no bank card, which only its text tells
    photo_id = photos.add(house.store, case_id=case.id, slot="bank_card:2", data=data, by="zhang", kind="id1")
    submit_cards(case)
    serve(house, "card.check")
    assert case.steps == ["bank_cards"] and "wrong_document" in codes(house, photo_id)
    serve(house, "photo.process")
    assert photo(house, photo_id).status == "ready" and records(house, photo_id, 1) >= {"read", "decide"}


def test_a_choice_of_the_cut_out_outlives_the_reading_too(house: House, looked_at: str) -> None:
    with house.store.write() as tx:
        row = tx.get_one(Photo, looked_at)
        row.record, row.chosen = {**(row.record or {}), "action": "review", "sure": False}, "original"
    photos.choose(house.store, looked_at, "crop")
    serve(house, "photo.recognise")
    assert (photo(house, looked_at).record["action"], photo(house, looked_at).chosen) == ("review", "crop")


def test_an_outline_that_nobody_could_cut_out_leaves_what_was_there(house: House, looked_at: str) -> None:
    serve(house, "photo.recognise")
    before = photo(house, looked_at)
    photos.outline(house.store, looked_at, before.record["corners"], "zhang")
    effect = looked_at_again(house, looked_at)
    with house.store.write() as tx:
        effect(tx)
    after = photo(house, looked_at)
    assert (after.status, after.upright, after.crop) == ("ready", before.upright, before.crop)


@pytest.mark.parametrize("removed", [False, True])
def test_nothing_is_written_of_a_photograph_that_was_removed_meanwhile(
    house: House, looked_at: str, removed: bool
) -> None:
    """It may have been shredded with its case: a picture more would make a new key for it."""
    effect = recognised(job_of(house, looked_at), looked_at)
    if removed:
        photos.remove(house.store, looked_at)
    assert effect is not None
    with house.store.write() as tx:
        effect(tx)
    assert ("read" in records(house, looked_at, 1)) is not removed


def test_what_was_replaced_stays_as_it_was(house: House, looked_at: str) -> None:
    """A desk may have rejected it: nobody cuts it out anew or chooses otherwise."""
    serve(house, "photo.recognise")
    row = photo(house, looked_at)
    house.store.clock.pass_by(seconds=1)
    data = photograph(PERSON, "id_portrait")
    photos.add(house.store, case_id=row.case_id, slot=row.slot, data=data, by="zhang", kind="id1")
    for late in (
        lambda: photos.choose(house.store, looked_at, "original"),
        lambda: photos.outline(house.store, looked_at, row.record["corners"], "zhang"),
    ):
        with pytest.raises(Stale):
            late()
    assert photo(house, looked_at).chosen == "crop"
