"""What a camera makes of a rectangle, and what it cannot."""

from __future__ import annotations

import numpy as np
import pytest

from workers.photos.perspective import rectangle_seen

FRAME = (360, 480)
CARD = 85.60 / 53.98


def photographed(tilt: tuple[float, float, float], aside: tuple[float, float]) -> np.ndarray:
    """The corners of a card in space, as a camera with a focal length of 0.75 of the long side has them."""
    (a, b, c), half = tilt, np.array([0.5, 0.5 / CARD])
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    spin = np.array([(np.cos(c), -np.sin(c), 0), (np.sin(c), np.cos(c), 0), (0, 0, 1)])
    nod = np.array([(1, 0, 0), (0, np.cos(a), -np.sin(a)), (0, np.sin(a), np.cos(a))])
    shake = np.array([(np.cos(b), 0, np.sin(b)), (0, 1, 0), (-np.sin(b), 0, np.cos(b))])
    space = np.c_[flat, np.zeros(4)] @ (nod @ shake @ spin).T + [*aside, 1.5]
    corners: np.ndarray = space[:, :2] / space[:, 2:] * 0.75 * 480 + [240, 180]
    return corners


@pytest.mark.parametrize(
    ("tilt", "aside"),
    [
        ((0.0, 0.0, 0.0), (0.0, 0.0)),
        ((0.0, 0.0, 1.2), (0.2, 0.1)),
        ((0.6, 0.0, 0.3), (0.1, -0.1)),
        ((0.5, -0.5, 0.9), (-0.2, 0.1)),
    ],
)
def test_a_card_is_seen_as_a_card_from_any_side(tilt: tuple[float, float, float], aside: tuple[float, float]) -> None:
    askew, odd = rectangle_seen(photographed(tilt, aside)[None], FRAME, CARD)
    assert askew[0] < 1e-6
    assert odd[0] < 1e-6


def test_with_one_corner_moved_no_camera_explains_it() -> None:
    """The control of the test above."""
    corners = photographed((0.3, 0.2, 0.1), (0.0, 0.0))
    corners[0] += (12, 10)
    askew, odd = rectangle_seen(corners[None], FRAME, CARD)
    assert askew[0] + odd[0] > 0.02


def test_a_square_is_no_card() -> None:
    corners = np.array([(100, 100), (200, 100), (200, 200), (100, 200)], float)
    askew, odd = rectangle_seen(corners[None], FRAME, CARD)
    assert askew[0] < 1e-6
    assert odd[0] == pytest.approx(np.log(CARD))
