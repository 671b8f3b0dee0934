# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""由照片识别，请核对: what was read stands in its field, marked; beside another value it is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from engine import photo_records
from engine.photo_records import Reading
from engine.store import Store
from engine.tables import Photo
from tests.web.line import SLOTS, Line
from tests.web.test_steps_line import app, browser, line  # noqa: F401

SAME, OTHER = "由照片识别，请核对", "照片识别为："
ADDRESS = "样本市和平路 9 号"
BOX = ((0.0, 0.0), (9.0, 0.0), (9.0, 4.0), (0.0, 4.0))


def reads(store: Store, slot: str, sure: bool = True, **fields: str) -> None:
    """What the reader would have written of the photograph in this slot."""
    with store.write() as tx:
        photo = tx.scalars(select(Photo).where(Photo.slot == slot)).one()
        told = {name: Reading(value, 0.98, BOX, checked=True, sure=sure).plain() for name, value in fields.items()}
        photo_records.write(tx, store.vault, photo, 1, "read", {"fields": told}, store.clock.now())


def visible(page: str, name: str) -> str:
    """What the mark beside a field shows."""
    found = re.search(rf'data-read-mark="{re.escape(name)}".*?</span>\s*</span>', page, re.S)
    assert found, f"no mark beside {name}"
    shown = [part for part in re.findall(r"<span data-\w+[^>]*>.*?</span>", found[0], re.S) if " hidden>" not in part]
    return re.sub(r"<[^>]+>", "", "".join(shown))


@pytest.fixture
def basic(line: Line, store: Store) -> Line:
    """The photographs are done; the portrait side was read."""
    line.upload(*SLOTS)
    reads(store, "id_portrait", address=ADDRESS)
    reads(store, "id_emblem", sure=False, issuer="样本市公安")
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")
    return line


def test_what_was_read_stands_in_its_field_and_is_marked(basic: Line) -> None:
    page = basic.page().text
    assert f'value="{ADDRESS}"' in page and visible(page, "address") == SAME
    assert 'aria-describedby="field-address-help field-address-read"' in page
    assert visible(page, "issuer") == visible(page, "validity") == ""  # unsure; nothing read


def test_another_value_keeps_what_was_read_beside_it(basic: Line) -> None:
    basic.post(address="样本市样本路 2 号", issuer="样", validity="x")
    page = basic.post(address="样本市样本路 2 号", issuer="样", validity="x").text
    assert visible(page, "address") == f"{OTHER}{ADDRESS}"
    spaced = basic.post(address=ADDRESS.replace(" ", ""), issuer="样", validity="x").text
    assert visible(spaced, "address") == SAME


def test_a_card_says_what_was_read_and_carries_it_to_the_fields_of_its_row(basic: Line, store: Store) -> None:
    basic.basic_data()
    basic.upload("bank_card:1")
    reads(store, "bank_card:1", number="6217000000000000012", bank="CCB", kind="debit")
    path = f"/cases/{basic.case_id}/photos/bank_card:1"
    card = basic.client.get(path).text
    assert "已识别：卡号、开户银行、卡种" in card
    assert "&#34;cards.1.bank&#34;: &#34;CCB&#34;" in card and "&#34;cards.1.number&#34;: &#34;621700" in card
    with store.write() as tx:
        tx.scalars(select(Photo).where(Photo.slot == "bank_card:1")).one().status = "reading"
    assert "已识别" not in basic.client.get(path).text
    typed: dict[str, Any] = {"upload": "1", "cards.1.row": "1", "cards.1.bank": "CMB"}
    basic.post(**typed)
    page = basic.page()
    assert visible(page.text, "cards.1.bank") == f"{OTHER}建设银行"
    assert visible(page.text, "cards.1.number") == SAME and 'value="6217000000000000012"' in page.text


def test_what_is_unsure_is_neither_said_nor_carried(basic: Line, store: Store) -> None:
    basic.basic_data()
    basic.upload("bank_card:1")
    reads(store, "bank_card:1", sure=False, number="6217000000000000013")
    card = basic.client.get(f"/cases/{basic.case_id}/photos/bank_card:1").text
    assert "已识别" not in card and "6217" not in card
