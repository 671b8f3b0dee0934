"""A frame on a card is told from the card's edge by the edge outside of it; desks, shadows and grain have none such."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from workers.photos.locate import RIVAL
from workers.photos.outermost import edge_outside

CARD = (60, 50, 460, 300)
DESK, PLASTIC, PRINT = (90.0, 70.0, 60.0), (235.0, 232.0, 225.0), (150.0, 40.0, 60.0)


def inside(inset: float) -> np.ndarray:
    left, top, right, bottom = CARD
    low, high = (left + inset, top + inset), (right - inset, bottom - inset)
    return np.array([low, (high[0], low[1]), high, (low[0], high[1])])


def scene(*boxes: tuple[tuple[float, float, float, float], tuple[float, float, float]]) -> np.ndarray:
    """A desk with rectangles on it, a little soft, with grain."""
    picture = np.full((360, 520, 3), DESK, np.float32)
    for (left, top, right, bottom), colour in boxes:
        picture[int(top) : int(bottom), int(left) : int(right)] = colour
    soft = cv2.GaussianBlur(picture, (0, 0), 0.8)
    return soft + np.random.default_rng(4).normal(0, 2, soft.shape).astype(np.float32)


def box(inset: float) -> tuple[float, float, float, float]:
    return (CARD[0] + inset, CARD[1] + inset, CARD[2] - inset, CARD[3] - inset)


def shadowed() -> np.ndarray:
    dark = cv2.GaussianBlur(scene((box(-6), (55.0, 42.0, 36.0))), (0, 0), 7)
    left, top, right, bottom = CARD
    dark[top:bottom, left:right] = PLASTIC
    return dark


PLAIN = scene((CARD, PLASTIC))
PANEL = scene((CARD, PLASTIC), (box(12), PRINT))
PALE_RIM = scene((CARD, (112.0, 92.0, 80.0)), (box(20), (250.0, 250.0, 250.0)))
BARRED = scene((CARD, PLASTIC), ((CARD[0], CARD[1], CARD[0] + 22, CARD[3]), PRINT))
ON_PLANKS = scene(((0, 30, 520, 34), (20.0, 14.0, 10.0)), ((0, 318, 520, 322), (20.0, 14.0, 10.0)), (CARD, PLASTIC))


@pytest.mark.parametrize(
    ("picture", "corners"),
    [
        (PANEL, inside(12)),
        (PALE_RIM, inside(20)),
        (BARRED, inside(0) + np.array([(22, 0), (0, 0), (0, 0), (22, 0)])),
    ],
    ids=["a field within a rim", "a pale rim", "a bar along a side"],
)
def test_what_is_printed_on_a_card_has_the_cards_edge_outside(picture: np.ndarray, corners: np.ndarray) -> None:
    assert edge_outside(picture, corners) > RIVAL


@pytest.mark.parametrize(
    ("picture", "corners"),
    [
        (PLAIN, inside(0)), (PANEL, inside(0)), (BARRED, inside(0)), (ON_PLANKS, inside(0)), (shadowed(), inside(0)),
    ],
    ids=["a plain card", "with a field", "with a bar", "between joints of planks", "with a soft shadow"],
)  # fmt: skip
def test_the_edge_of_a_card_has_none_outside(picture: np.ndarray, corners: np.ndarray) -> None:
    assert edge_outside(picture, corners) <= RIVAL
