"""The card finder and the flattening."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.unit.specimens import PERSON, cut_away, overlap
from workers.photos.geometry import in_reading_order, outward, side_lengths
from workers.photos.judge import is_sure
from workers.photos.locate import RIVAL, locate
from workers.photos.priors import ID1, SHEET
from workers.photos.rectify import rectify
from workers.specimens.desk import Shot, shoot
from workers.specimens.papers import RADIUS, debit_card, emblem_side, portrait_side

CARDS = {
    "portrait": lambda: portrait_side(PERSON.name, False, PERSON.born, PERSON.address, PERSON.id_number),
    "emblem": lambda: emblem_side(PERSON.issuer, PERSON.valid),
    "debit": lambda: debit_card(PERSON.bank, PERSON.card_number),
}


def scene(card: str, seed: int, **how: object) -> Shot:
    return shoot(CARDS[card](), seed, radius=RADIUS, **how)


@pytest.mark.parametrize(
    ("card", "seed", "how"),
    [
        ("portrait", 1, {}),
        ("emblem", 2, {"desk": (200, 200, 196)}),
        ("debit", 3, {"desk": (40, 44, 52)}),
        ("portrait", 4, {"turn": 90}),
        ("emblem", 5, {"turn": 30}),
        ("debit", 6, {"fill": 0.35}),
        ("portrait", 7, {"light": 0.35}),
        ("debit", 8, {"blur": 3.0}),
    ],
)
def test_finds_the_card_on_a_desk(card: str, seed: int, how: dict[str, object]) -> None:
    taken = scene(card, seed, **how)
    found = locate(np.asarray(taken.picture), ID1)
    assert found is not None
    assert is_sure(found, ID1)
    assert overlap(found.tight, taken.corners, taken.picture.size) > 0.975
    assert overlap(found.corners, taken.corners, taken.picture.size) > 0.95
    assert cut_away(found.corners, taken.corners, taken.picture.size) < 0.003


def test_without_the_margin_a_crop_would_cut_the_card() -> None:
    """The control of the test above: the outline itself leaves some of some card out."""
    shots = [scene("portrait", seed) for seed in range(3)]
    bare = [cut_away(locate(np.asarray(one.picture), ID1).tight, one.corners, one.picture.size) for one in shots]
    assert max(bare) > 0.0005


def test_finds_nothing_to_crop_on_an_empty_desk() -> None:
    empty = shoot(Image.new("RGB", (40, 25), (112, 84, 62)), 9, fill=0.02).picture
    found = locate(np.asarray(empty), ID1)
    assert found is None or not is_sure(found, ID1)


def test_a_plain_picture_has_no_outline() -> None:
    assert locate(np.full((600, 800, 3), 255, np.uint8), ID1) is None


def test_a_card_that_leaves_the_picture_is_never_cropped_silently() -> None:
    taken = scene("portrait", 10, fill=0.8).picture
    cut = taken.crop((0, 0, int(taken.width * 0.8), taken.height))
    found = locate(np.asarray(cut), ID1)
    assert found is None or not is_sure(found, ID1)


def test_a_sheet_of_any_proportion_is_found() -> None:
    paper = Image.new("RGB", (900, 900), (246, 246, 242))
    taken = shoot(paper, 11, fill=0.5)
    found = locate(np.asarray(taken.picture), SHEET)
    assert overlap(found.tight, taken.corners, taken.picture.size) > 0.97


def test_the_flat_card_is_the_card() -> None:
    taken = scene("debit", 12)
    flat = rectify(np.asarray(taken.picture), in_reading_order(taken.corners), ID1)
    difference = np.abs(flat.astype(float) - np.asarray(CARDS["debit"]().resize((1012, 638)), float))
    assert flat.shape == (638, 1012, 3)
    assert np.median(difference) < 12


def test_corners_are_read_clockwise_with_the_long_side_first() -> None:
    corners = np.array([(100, 80), (500, 90), (490, 340), (95, 330)], float)
    for start in range(4):
        for ring in (np.roll(corners, start, axis=0), np.roll(corners[::-1], start, axis=0)):
            assert in_reading_order(ring).tolist() == corners.tolist()


def test_the_margin_is_the_same_on_every_side() -> None:
    corners = np.array([(100, 100), (1112, 100), (1112, 738), (100, 738)], float)
    grown = outward(corners, 0.012)
    assert np.allclose(side_lengths(grown)[:2] - side_lengths(corners)[:2], 2 * 0.012 * 638)


def test_an_outline_with_an_edge_outside_is_no_sure_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.asarray(scene("debit", 3).picture)
    bare = locate(pixels, ID1)
    monkeypatch.setattr("workers.photos.locate.edge_outside", lambda picture, corners: 2 * RIVAL)
    doubted = locate(pixels, ID1)
    assert bare and doubted
    assert bare.confidence > ID1.least_confidence > doubted.confidence
    assert bare.tight.tolist() == doubted.tight.tolist()
