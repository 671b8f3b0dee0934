"""How much of an outline's sides is print."""

from __future__ import annotations

import numpy as np
import pytest

from workers.photos.crossed import most_crossed

BAR = 300
"""The middle of a dark bar, 10 px wide, on the card."""


def light(ink: float) -> np.ndarray:
    """A light card with a bar that is so much darker."""
    card = np.full((360, 480), 92, np.float32)
    card[60:300, BAR - 5 : BAR + 5] -= ink
    return card


def outline(right: float, top: float = 80) -> np.ndarray:
    return np.array([(100, top), (right, top), (right, 340), (100, 340)], float)


@pytest.mark.parametrize(
    ("ink", "right", "crossed"),
    [(70, BAR, True), (70, 380, False), (70, 250, False), (4, BAR, False)],
    ids=["on the bar", "around it", "beside it", "on a shadow"],
)
def test_a_side_that_lies_on_print_is_told(ink: float, right: float, crossed: bool) -> None:
    assert (float(most_crossed(light(ink), outline(right)[None])[0]) > 0.6) is crossed


def test_a_bar_that_goes_across_a_side_counts_for_its_width() -> None:
    across, around = most_crossed(light(70), np.stack([outline(380), outline(380, top=30)]))
    assert around == 0 < across < 0.1


def test_beyond_the_picture_there_is_no_print() -> None:
    beyond = outline(BAR) + np.array([0, 400])
    assert float(most_crossed(light(70), beyond[None])[0]) == 0
