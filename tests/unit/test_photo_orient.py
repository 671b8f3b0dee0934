"""Which way up a crop is, told without reading."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.unit.specimens import PERSON
from workers.photos.orient import way_up
from workers.specimens.papers import debit_card, emblem_side, portrait_side, signature_sheet


def portrait() -> Image.Image:
    return portrait_side(PERSON.name, False, PERSON.born, PERSON.address, PERSON.id_number)


def bank_card() -> Image.Image:
    return debit_card(PERSON.bank, PERSON.card_number)


def in_half_a_shadow() -> Image.Image:
    """The left half lies in a hard shadow: light and dark alone would take it for a face."""
    card = portrait()
    return Image.composite(card.point(lambda value: int(value * 0.45)), card, half(card.size))


def half(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon([(0, 0), (size[0] * 0.34, 0), (size[0] * 0.2, size[1]), (0, size[1])], fill=255)
    return mask


def in_the_dark() -> Image.Image:
    """A dark card in a dark room: its marks are some ten of 255 apart."""
    return debit_card(PERSON.bank, PERSON.card_number, (24, 24, 28)).point(lambda value: int(value * 0.1))


def back_of_a_card() -> Image.Image:
    card = Image.new("RGB", (1012, 638), (200, 206, 214))
    ImageDraw.Draw(card).rectangle((0, 60, 1012, 190), fill=(22, 20, 22))
    return card


@pytest.mark.parametrize(
    ("card", "slot"),
    [
        (portrait, "id_portrait"),
        (in_half_a_shadow, "id_portrait"),
        (lambda: emblem_side(PERSON.issuer, PERSON.valid), "id_emblem"),
        (bank_card, "bank_card:1"),
        (lambda: debit_card(PERSON.bank, PERSON.card_number, (24, 24, 28)), "bank_card:k2"),
        (in_the_dark, "bank_card:1"),
        (back_of_a_card, "bank_card:1"),
    ],
    ids=[
        "portrait",
        "portrait in shadow",
        "emblem",
        "bank card",
        "dark bank card",
        "in the dark",
        "back of a bank card",
    ],
)
def test_a_card_that_stands_on_its_head_is_told(card: object, slot: str) -> None:
    upright = card()  # type: ignore[operator]
    assert way_up(np.asarray(upright), slot).turn == 0
    told = way_up(np.asarray(upright.rotate(180)), slot)
    assert (told.turn, told.margin > 0.5) == (180, True)


@pytest.mark.parametrize(
    ("picture", "slot", "nothing"),
    [
        (Image.new("RGB", (1012, 638), (180, 170, 160)), "bank_card:1", 0.0),
        (Image.new("RGB", (1012, 638), (180, 170, 160)), "id_portrait", 0.0),
        (signature_sheet("样小明", 3).rotate(180), "signature", None),
    ],
    ids=["empty", "empty portrait", "signature"],
)
def test_where_nothing_can_be_told_nothing_is_turned(picture: Image.Image, slot: str, nothing: float | None) -> None:
    assert way_up(np.asarray(picture), slot) == (0, nothing)
