"""Desks and cards on which simpler finders fail, drawn small; each outline within 5 % of the true one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.unit.specimens import overlap
from workers.photos.geometry import square_to
from workers.photos.judge import action_of, is_sure, judge
from workers.photos.locate import Found, locate
from workers.photos.priors import ID1, SHEET
from workers.photos.quality import Quality

FRAME = (960, 720)
FLAT = [(230, 180), (730, 160), (745, 480), (215, 490)]
TILTED = [(281, 115), (801, 350), (643, 561), (253, 367)]  # 34 and 20 degrees, turned
SKIN = (224, 178, 150)
CLEAR = Quality(blur=0.3, light=0.6, width=500.0, contrast=30.0)


def card(face: tuple[int, int, int] = (236, 238, 244), ink: tuple[int, int, int] = (40, 40, 60)) -> Image.Image:
    """A portrait in a frame of its own, lines of print, and a bar across."""
    drawn = Image.new("RGB", (856, 540), face)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((590, 80, 790, 330), fill=(150, 120, 110), outline=ink, width=4)
    pen.ellipse((630, 110, 750, 260), fill=(230, 190, 170))
    for row in range(6):
        for mark in range(14 - row):
            pen.rectangle((60 + 34 * mark, 80 + 62 * row, 82 + 34 * mark, 112 + 62 * row), fill=ink)
    return drawn


def blank(colour: tuple[int, int, int] = (150, 90, 220)) -> Image.Image:
    return Image.new("RGB", (856, 540), colour)


def laid(desk: Image.Image, paper: Image.Image, corners: list[tuple[int, int]], shadow: int = 0) -> Image.Image:
    mask = Image.new("L", paper.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, paper.width - 1, paper.height - 1), 32, fill=255)
    whole = paper.copy()
    whole.putalpha(mask)
    flat = whole.transform(FRAME, Image.Transform.PERSPECTIVE, back(paper.size, corners), Image.Resampling.BICUBIC)
    scene = desk.copy()
    soft = flat.getchannel("A").filter(ImageFilter.GaussianBlur(6)).point(lambda value: value * shadow // 255)
    scene.paste((20, 20, 20), (3, 5), soft)
    scene.paste(flat, (0, 0), flat)
    return _grainy(scene.filter(ImageFilter.GaussianBlur(0.8)))


def back(size: tuple[int, int], corners: list[tuple[int, int]]) -> list[float]:
    """Pillow's eight numbers of the map from the picture to the paper."""
    onto = np.linalg.inv(square_to(np.array(corners, float)) @ np.diag([1 / size[0], 1 / size[1], 1.0]))
    return [float(value) for value in (onto / onto[2, 2]).ravel()[:8]]


def _grainy(scene: Image.Image) -> Image.Image:
    pixels = np.asarray(scene, float) + np.random.default_rng(5).normal(0, 2, (FRAME[1], FRAME[0], 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def plain(colour: tuple[int, int, int] = (90, 110, 120)) -> Image.Image:
    return Image.new("RGB", FRAME, colour)


def chequered() -> Image.Image:
    y, x = np.mgrid[0 : FRAME[1], 0 : FRAME[0]]
    odd = (x // 60 + y // 60) % 2
    return Image.fromarray((np.array([70, 150, 170]) + odd[..., None] * 50).astype(np.uint8))


def striped() -> Image.Image:
    x = np.mgrid[0 : FRAME[1], 0 : FRAME[0]][1]
    return Image.fromarray(np.where((x // 35 % 2)[..., None] > 0, (30, 60, 110), (190, 200, 90)).astype(np.uint8))


def printed_page() -> Image.Image:
    page = Image.new("RGB", FRAME, (205, 190, 150))
    pen = ImageDraw.Draw(page)
    for row in range(22):
        for word in range(16):
            pen.rectangle((20 + 60 * word, 12 + 33 * row, 62 + 60 * word, 26 + 33 * row), fill=(70, 60, 60))
    return page


def fingered(scene: Image.Image) -> Image.Image:
    ImageDraw.Draw(scene).line((470, 60, 480, 205), fill=SKIN, width=60)
    return scene


SCENES: dict[str, Callable[[], tuple[Image.Image, list[tuple[int, int]]]]] = {
    "chequers, whose lines are longer than the card's": lambda: (laid(chequered(), card(), FLAT, 90), FLAT),
    "chequers and a finger over an edge": lambda: (fingered(laid(chequered(), card(), FLAT, 90)), FLAT),
    "stripes along one pair of sides": lambda: (laid(striped(), card(), FLAT), FLAT),
    "a white card on a white desk": lambda: (laid(plain((236, 236, 234)), card((242, 243, 245)), FLAT, 40), FLAT),
    "a strong tilt": lambda: (laid(plain(), card(), TILTED, 90), TILTED),
    "a page of print under it": lambda: (laid(printed_page(), card(), FLAT, 90), FLAT),
    "a dark card on a dark desk": lambda: (laid(plain((38, 36, 40)), card((18, 18, 22), (190, 170, 120)), FLAT), FLAT),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
def test_the_card_is_found_on(name: str) -> None:
    picture, corners = SCENES[name]()
    found = locate(np.asarray(picture), ID1)
    assert found is not None
    assert overlap(found.tight, corners, FRAME) > 0.95


def test_a_rectangle_with_nothing_on_it_is_no_card() -> None:
    found = locate(np.asarray(laid(plain(), blank(), FLAT, 90)), ID1)
    assert found is not None
    assert not found.printed
    assert not is_sure(found, ID1)
    verdicts = judge(found, CLEAR, ID1)
    assert [one["code"] for one in verdicts] == ["not_a_card"]
    assert action_of(found, ID1, verdicts) == "review"


def test_the_same_rectangle_with_print_is_one() -> None:
    """The control of the test above."""
    found = locate(np.asarray(laid(plain(), card((150, 90, 220), (250, 250, 250)), FLAT, 90)), ID1)
    assert found is not None
    assert found.printed
    assert action_of(found, ID1, judge(found, CLEAR, ID1)) == "crop"


def test_on_a_plain_desk_the_outline_is_sure() -> None:
    found = locate(np.asarray(laid(plain(), card(), FLAT, 90)), ID1)
    assert found is not None
    assert found.confidence > 0.95


def test_a_card_that_goes_on_outside_is_not_cropped() -> None:
    outside = [(x - 300, y) for x, y in FLAT]
    found = locate(np.asarray(laid(plain(), card(), outside, 90)), ID1)
    assert found is None or not is_sure(found, ID1)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"whole": False}, "cut_off"),
        ({"printed": False}, "not_a_card"),
        ({"confidence": 0.5}, "uncertain_edge"),
    ],
)
def test_each_doubt_keeps_the_original_first_and_is_said(how: dict[str, object], code: str) -> None:
    corners = np.array(FLAT, float)
    sure = Found(corners, corners, support=1.0, inliers=1.0, whole=True)
    assert judge(sure, CLEAR, ID1) == []
    assert action_of(sure, ID1, []) == "crop"
    doubtful = Found(corners, corners, **{"support": 1.0, "inliers": 1.0, "whole": True, **how})
    verdicts = judge(doubtful, CLEAR, ID1)
    assert [one["code"] for one in verdicts] == [code]
    assert action_of(doubtful, ID1, verdicts) == "review"


def test_no_outline_of_a_card_is_said_and_of_a_sheet_is_not() -> None:
    assert [one["code"] for one in judge(None, CLEAR, ID1)] == ["no_card"]
    assert judge(None, CLEAR, SHEET) == []


def test_a_page_on_a_black_lid_is_taken_not_the_lid() -> None:
    desk = plain((150, 140, 130))
    ImageDraw.Draw(desk).polygon([(60, 50), (900, 70), (890, 680), (40, 670)], fill=(22, 22, 24))
    page = [(330, 180), (620, 170), (640, 560), (320, 570)]
    sheet = card((246, 246, 242)).rotate(90, expand=True)
    found = locate(np.asarray(laid(desk, sheet, page)), SHEET)
    assert found is not None
    assert overlap(found.tight, page, FRAME) > 0.93
