"""The measures of a photograph, each with what it must not fire on."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from skimage.measure import blur_effect

from tests.unit.specimens import PERSON
from workers.photos.judge_quality import BRIGHT, COVERED, GLARE, judge_quality
from workers.photos.locate import Found
from workers.photos.quality import Quality, blur_of, glare_of, measure
from workers.specimens.desk import Shot, shoot
from workers.specimens.papers import RADIUS, portrait_side

SKIN = (224, 178, 150)


def card() -> Image.Image:
    return portrait_side(PERSON.name, False, PERSON.born, PERSON.address, PERSON.id_number)


@pytest.mark.parametrize("radius", [0, 1, 2, 4, 8])
def test_blur_is_what_scikit_image_has_it_to_be(radius: int) -> None:
    grey = np.asarray(card().filter(ImageFilter.GaussianBlur(radius)).convert("L"))
    assert min(blur_of(grey), 0.65) == pytest.approx(min(blur_effect(grey), 0.65), abs=0.03)


def test_a_picture_without_any_edge_has_no_sharpness() -> None:
    assert blur_of(np.full((60, 80), 128, np.uint8)) == 1.0


def shining(card: Image.Image, radius: int) -> np.ndarray:
    light = Image.new("L", card.size, 0)
    ImageDraw.Draw(light).ellipse((500 - radius, 300 - radius, 500 + radius, 300 + radius), fill=255)
    dimmer = card.point(lambda value: int(value * 0.9))
    lit = Image.composite(Image.new("RGB", card.size, "white"), dimmer, light.filter(ImageFilter.GaussianBlur(12)))
    return np.asarray(lit.resize((253, 160)))


@pytest.mark.parametrize(
    ("pixels", "shines"),
    [
        (shining(card(), 140), True),
        (shining(card(), 20), False),
        (np.asarray(card().resize((253, 160))), False),
        (np.full((160, 253, 3), 253, np.uint8), False),
    ],
    ids=["a blob of light", "a spark", "a card", "a white card"],
)
def test_glare_is_a_large_white_blob_on_what_is_not_white(pixels: np.ndarray, shines: bool) -> None:
    assert (glare_of(pixels) > GLARE) is shines


@pytest.mark.parametrize(("more", "is_bright"), [(200, True), (0, False)], ids=["overexposed", "as it is"])
def test_a_card_that_light_has_washed_out_is_told_by_its_pixels(more: int, is_bright: bool) -> None:
    taken = shoot(card(), 33, radius=RADIUS)
    lit = taken.picture.point(lambda value: min(255, value + more))
    quality = measure(np.asarray(lit), None, taken.corners)
    said = judge_quality(quality, Found(taken.corners, taken.corners, 0.9, 0.9, True), sure=True)
    assert (quality.light > BRIGHT) is is_bright and ("too_bright" in {one["code"] for one in said}) is is_bright


def with_finger(taken: Shot, colour: tuple[int, int, int]) -> Image.Image:
    picture = taken.picture.copy()
    left, right = taken.corners[3], taken.corners[2]
    at = left * 0.6 + right * 0.4
    ImageDraw.Draw(picture).line([(at[0], at[1] - 60), (at[0], at[1] + 300)], fill=colour, width=130)
    return picture


@pytest.mark.parametrize(
    ("colour", "covers"), [(SKIN, True), ((40, 60, 160), False), (None, False)], ids=["finger", "blue pen", "nothing"]
)
def test_a_finger_over_an_edge_is_seen_by_its_colour_on_both_sides(
    colour: tuple[int, int, int] | None, covers: bool
) -> None:
    taken = shoot(card(), 31, radius=RADIUS)
    picture = taken.picture if colour is None else with_finger(taken, colour)
    covered = measure(np.asarray(picture), None, taken.corners).covered
    assert (COVERED[0] < covered < COVERED[1]) is covers


def test_a_card_and_a_desk_of_the_colour_of_skin_are_no_finger() -> None:
    taken = shoot(Image.new("RGB", (1012, 638), SKIN), 32, radius=RADIUS, desk=SKIN)
    found = Found(taken.corners, taken.corners, 0.9, 0.9, True)
    quality = measure(np.asarray(taken.picture), None, taken.corners)
    assert "covered" not in {one["code"] for one in judge_quality(quality, found, sure=True)}


@pytest.mark.parametrize(
    ("sure", "codes"), [(True, {"glare", "covered", "too_far"}), (False, {"glare"})], ids=["sure", "doubtful"]
)
def test_what_rests_on_the_outline_is_said_of_a_sure_one_alone(sure: bool, codes: set[str]) -> None:
    quality = Quality(blur=0.2, light=0.5, width=400.0, contrast=30.0, glare=0.2, covered=0.2)
    assert {one["code"] for one in judge_quality(quality, None, sure)} == codes
