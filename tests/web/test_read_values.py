# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What was read from a photograph starts the fields that ask for it, where it is sure; what is typed comes first."""

from __future__ import annotations

import re

import pytest

from engine.photo_records import Reading
from engine.store import Store
from engine.tables import Photo
from tests.web.line import Line
from tests.web.readings import photo_in, read, sure, unsure
from tests.web.test_steps_line import app, browser, line  # noqa: F401

ON_FILE, ON_THE_CARD = "样本市样本路 1 号", "样本省测试市示例区幸福路8号"
ISSUER = "测试市公安局样本分局"


def card_says(line: Line, store: Store, address: Reading) -> None:
    line.photos()
    read(store, photo_in(store, "id_portrait"), {"address": address})
    read(store, photo_in(store, "id_emblem"), {"issuer": sure(ISSUER)})


def test_what_was_read_comes_before_what_is_on_file(line: Line, store: Store) -> None:
    card_says(line, store, sure(ON_THE_CARD))
    page = line.page().text
    assert f'value="{ON_THE_CARD}"' in page and f'value="{ISSUER}"' in page and f'value="{ON_FILE}"' not in page


def test_a_doubtful_reading_fills_in_nothing(line: Line, store: Store) -> None:
    card_says(line, store, unsure(ON_THE_CARD))
    page = line.page().text
    assert f'value="{ON_FILE}"' in page and f'value="{ON_THE_CARD}"' not in page


def test_nothing_is_taken_from_a_card_that_may_be_somebody_elses(line: Line, store: Store) -> None:
    card_says(line, store, sure(ON_THE_CARD))
    with store.write() as tx:
        photo = tx.get_one(Photo, photo_in(store, "id_portrait"))
        mismatch = {"code": "number_mismatch", "level": "warn", "cause": "", "cure": ""}
        photo.record = {**(photo.record or {}), "verdicts": [mismatch]}
    page = line.page().text
    assert f'value="{ON_FILE}"' in page and f'value="{ON_THE_CARD}"' not in page


def test_what_was_typed_stays_and_both_values_are_kept(line: Line, store: Store) -> None:
    card_says(line, store, sure(ON_THE_CARD))
    line.post(line.path("draft"), address="搬家以后的地址 3 号", issuer=ISSUER)
    page = line.page().text
    assert 'value="搬家以后的地址 3 号"' in page and f'value="{ON_THE_CARD}"' not in page


def test_a_new_card_starts_with_the_number_on_its_photograph(line: Line, store: Store) -> None:
    line.photos()
    line.basic_data()
    line.upload("bank_card:1")
    fields = {"number": sure("6222020000000000034", checked=True), "bank": sure("ICBC", checked=True)}
    read(store, photo_in(store, "bank_card:1"), fields)
    line.post(line.path("draft"), **{"cards.1.outlet": "样本支行"})
    page = line.page().text
    assert 'value="6222020000000000034"' in page and '<option value="ICBC" selected' in page


@pytest.mark.parametrize(
    ("told", "value"),
    [("6222020000000000034", ""), ("", "6222020000000000034")],
    ids=["it was cleared", "it was blank before the photograph was read"],
)
def test_a_field_that_was_cleared_stays_cleared(line: Line, store: Store, told: str, value: str) -> None:
    line.photos()
    line.basic_data()
    line.upload("bank_card:1")
    read(store, photo_in(store, "bank_card:1"), {"number": sure("6222020000000000034", checked=True)})
    kept = {"cards.1.outlet": "样本支行", "cards.1.number": "", "cards.1.number.told": told}
    line.post(line.path("draft"), **kept)
    page = line.page().text
    shown = re.search(r'<input[^>]* name="cards\.1\.number"[^>]*>', page)
    assert shown and f'value="{value}"' in shown[0]
    assert 'name="cards.1.number.told" value="6222020000000000034"' in page
    refused = line.post(**kept)
    assert refused.status_code == 422 and re.search(r'id="field-cards\.1\.number-error"', refused.text)


def test_nothing_is_refused_while_the_text_is_still_read(line: Line, store: Store) -> None:
    """A blurred photograph may read all the same; only then is it known."""
    line.upload("id_portrait")
    blurred = {"code": "blurred", "level": "block", "cause": "照片可能模糊", "cure": "请重拍"}
    for status, refused in (("reading", False), ("ready", True)):
        with store.write() as tx:
            photo = tx.get_one(Photo, photo_in(store, "id_portrait"))
            photo.status, photo.record = status, {"action": "refuse", "verdicts": [blurred]}
        card = line.client.get(f"/cases/{line.case_id}/photos/id_portrait").text
        assert ("不能使用" in card) is refused and ("照片可能模糊" in card) is refused
