"""Whether print goes across a side: the sides of a card have none on them, a frame or a line of text on it has."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import Array

Floats = NDArray[np.floating[Any]]

AROUND = 6.0  # px: as wide as a stroke is far from the next
BLACK = 20.0  # of a lightness of 100: so much darker than around it is print beyond doubt, a soft shadow is not
NEAR = (0.97, 1.0, 1.03)  # times the outline
PLACES = np.linspace(0.02, 0.98, 32)


def most_crossed(light: Array, corners: Floats) -> Floats:
    """Of each outline (n, 4, 2): how much of the side that has most is print, 0 to 1."""
    print_in = np.clip((opencv.blur(light, (0, 0), AROUND) - light) / BLACK, 0, 1)
    middle = corners.mean(axis=1, keepdims=True)
    sides = np.stack([_along(print_in, middle + (corners - middle) * grown) for grown in NEAR])
    crossed: Floats = sides.mean(axis=0).max(axis=1)
    return crossed


def _along(values: Array, corners: Floats) -> Floats:
    """The mean of the values along each side; beyond the picture there are none."""
    start = np.roll(corners, 1, axis=1)[:, :, None]
    at = np.rint(start + PLACES[:, None] * (corners[:, :, None] - start)).astype(int)
    inside = ((at >= 0) & (at < values.shape[::-1])).all(axis=3)
    x, y = np.moveaxis(np.clip(at, 0, np.array(values.shape[::-1]) - 1), 3, 0)
    mean: Floats = np.where(inside, values[y, x], 0).mean(axis=2)
    return mean
