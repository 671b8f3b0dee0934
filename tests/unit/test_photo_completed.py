"""A side that does not show is reckoned from the three that do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.unit.specimens import overlap
from tests.unit.test_photo_perspective import photographed
from tests.unit.test_photo_scenes import FLAT, FRAME, card, laid, plain
from workers.photos.completed import completed_quads
from workers.photos.geometry import apart
from workers.photos.lines import Lines
from workers.photos.locate import Found, locate
from workers.photos.priors import ID1, PRIORS, Prior
from workers.photos.quads import ranked_quads
from workers.photos.support import WAYS, Running, running

SHAPE = (360, 480)
TILTS = {
    "from above": ((0.0, 0.0, 0.1), (0.0, 0.0)),
    "turned": ((0.0, 0.0, 1.2), (0.1, 0.05)),
    "from below": ((0.6, 0.0, 0.3), (0.1, -0.1)),
    "askew": ((0.4, -0.3, 0.9), (-0.1, 0.1)),
}


def lines_through(corners: np.ndarray) -> Lines:
    """The line of each side, from corner k to corner k+1."""
    run = np.roll(corners, -1, axis=0) - corners
    angle = np.arctan2(run[:, 0], -run[:, 1]) % np.pi
    return Lines(angle, corners[:, 0] * np.cos(angle) + corners[:, 1] * np.sin(angle))


def seen(corners: np.ndarray, sides: list[int]) -> tuple[Lines, Running]:
    """Only these sides of the outline show, and their lines only are known."""
    drawn = Image.new("L", SHAPE[::-1])
    for side in sides:
        ends = [tuple(corners[side]), tuple(corners[(side + 1) % 4])]
        ImageDraw.Draw(drawn).line(ends, fill=255, width=5)
    whole = lines_through(corners)
    lines = Lines(whole.angle[sides], whole.distance[sides])
    return lines, running(np.stack([np.asarray(drawn)] * WAYS), lines)


@pytest.mark.parametrize("hidden", range(4))
@pytest.mark.parametrize("tilt", TILTS.values(), ids=TILTS)
def test_the_fourth_side_is_where_the_other_three_say(tilt: tuple[object, object], hidden: int) -> None:
    corners = photographed(*tilt)  # type: ignore[arg-type]
    lines, edges = seen(corners, [side for side in range(4) if side != hidden])
    found = completed_quads(lines, edges, SHAPE, ID1, 8)
    nearest = min(float(apart(one[None], corners)[0]) for one in found)
    assert nearest < 0.03 * 480
    assert ranked_quads(lines, edges, SHAPE, ID1, 8).size == 0  # the control: three lines have no four sides


def test_two_sides_say_nothing() -> None:
    lines, edges = seen(photographed(*TILTS["from below"]), [0, 1])
    assert completed_quads(lines, edges, SHAPE, ID1, 8).size == 0


def test_without_edges_nothing_is_reckoned() -> None:
    lines, _ = seen(photographed(*TILTS["from below"]), [0, 1, 2])
    blank = running(np.zeros((WAYS, *SHAPE), np.uint8), lines)
    assert completed_quads(lines, blank, SHAPE, ID1, 8).size == 0


WHITE = (240, 240, 240)
LAID = 2 * photographed((0.2, 0.1, 0.05), (0.0, 0.1))


def page_of_an_id() -> Image.Image:
    """Words of different length, so that no line runs beside them."""
    drawn = Image.new("RGB", (856, 540), WHITE)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((590, 80, 790, 330), fill=(150, 120, 110))
    for row, (start, end) in enumerate(((60, 300), (60, 200), (64, 420), (60, 520), (120, 480), (70, 760))):
        for stroke in range(start, end, 13):
            pen.rectangle(
                (stroke, 70 + 72 * row + stroke % 5, stroke + 6, 100 + 72 * row - stroke % 7), fill=(40, 40, 60)
            )
    return drawn


def white_on_white() -> Image.Image:
    """Above the card the desk has its very colour; a little shade shows the other three sides."""
    corners = [(round(x), round(y)) for x, y in LAID]
    scene = laid(plain((230, 230, 229)), page_of_an_id(), corners, 40)
    lit = Image.new("L", FRAME)
    ImageDraw.Draw(lit).polygon(
        [(0, 0), (960, 0), corners[1], (corners[1][0], corners[1][1] + 6), corners[0]], fill=255
    )
    grain = np.random.default_rng(7).normal(0, 2, (FRAME[1], FRAME[0], 1))
    bright = Image.fromarray(np.clip(WHITE + grain, 0, 255).astype(np.uint8))
    scene.paste(bright, (0, 0), lit.filter(ImageFilter.GaussianBlur(2)))
    return scene


def asked(prior: Prior) -> Found:
    found = locate(np.asarray(white_on_white()), prior)
    assert found is not None
    return found


def test_a_white_card_is_found_by_three_sides() -> None:
    assert overlap(asked(ID1).tight, LAID, FRAME) > 0.95


def test_it_is_the_second_look_that_finds_it() -> None:
    """The control of the test above."""
    found = asked(replace(ID1, least_confidence=0.0))
    assert overlap(found.tight, LAID, FRAME) < 0.95


def test_what_is_sure_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.photos.locate.look_again", lambda *_: pytest.fail("looked again"))
    assert locate(np.asarray(laid(plain(), card(), FLAT, 90)), ID1)
    with pytest.raises(pytest.fail.Exception):  # the control
        asked(ID1)


def test_a_sheet_has_no_proportion_to_reckon_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.photos.locate.look_again", lambda *_: pytest.fail("looked again"))
    asked(PRIORS["sheet"])
