"""What counts as an outline that somebody has drawn around a card."""

from __future__ import annotations

import pytest

from engine.outlines import Corners, check_outline

SIZE = (400, 300)
SQUARE = [(50, 40), (350, 60), (340, 250), (60, 240)]


@pytest.mark.parametrize("corners", [SQUARE, SQUARE[::-1], [(-30, -20), (430, 0), (420, 310), (0, 320)]])
def test_a_quadrilateral_about_in_the_picture_is_an_outline_whichever_way_it_goes_round(corners: Corners) -> None:
    assert check_outline(corners, SIZE) == tuple((float(x), float(y)) for x, y in corners)


@pytest.mark.parametrize(
    "corners",
    [
        SQUARE[:3],
        [*SQUARE, (10, 10)],
        [(50, 40), (340, 250), (350, 60), (60, 240)],  # crosses itself
        [(50, 40), (350, 60), (120, 80), (60, 240)],  # dented
        [(50, 40), (60, 40), (60, 50), (50, 50)],  # a speck
        [(50, 40), (900, 60), (340, 250), (60, 240)],  # far outside
        [(50, 40), (200, 140), (350, 240), (60, 240)],  # three in a line
        [(float("nan"), 40), (350, 60), (340, 250), (60, 240)],
        [(float("inf"), 40), (350, 60), (340, 250), (60, 240)],
    ],
)
def test_anything_else_is_none(corners: Corners) -> None:
    with pytest.raises(ValueError, match="outline"):
        check_outline(corners, SIZE)
