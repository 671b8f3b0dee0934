"""Small truths about quadrilaterals: which corner comes first, how long the sides are, a margin around them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def in_reading_order(corners: Floats) -> Floats:
    """Clockwise as seen, the long sides horizontal, starting at the corner that is top left when least turned."""
    centre = corners.mean(axis=0)
    turned = np.argsort(np.arctan2(*(corners - centre).T[::-1]))
    ring = corners[turned]
    sides = side_lengths(ring)
    if sides[0] + sides[2] < sides[1] + sides[3]:
        ring = np.roll(ring, -1, axis=0)
    along = ring[1] - ring[0]
    upside_down = along[0] < 0 if abs(along[0]) > 0.2 * abs(along[1]) else along[1] < 0
    return np.roll(ring, -2, axis=0) if upside_down else ring


def quarter_turn(corners: Sequence[Sequence[float]]) -> int:
    """0, 90, 180 or 270: how far the content lies turned clockwise, told by its upper side (the first two corners)."""
    (x, y), (along, down) = corners[0], corners[1]
    return round(math.degrees(math.atan2(down - y, along - x)) / 90) % 4 * 90


def side_lengths(corners: Floats) -> Floats:
    """Length of each side, from corner k to corner k+1."""
    lengths: Floats = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return lengths


def apart(outlines: NDArray[np.floating[Any]], one: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The farthest that a corner of each outline lies from the nearest of one."""
    x, y = np.ascontiguousarray(outlines.T)  # (corner, outline): what is many comes last
    squares = (x - one[:, 0, None, None]) ** 2 + (y - one[:, 1, None, None]) ** 2
    away: NDArray[np.floating[Any]] = np.sqrt(squares.min(axis=0).max(axis=0))
    return away


def outward(corners: Floats, share: float) -> Floats:
    """The same outline grown on every side by `share` of its short side: better some desk than a cut card."""
    sides = side_lengths(corners)
    wide, high = sides[0] + sides[2], sides[1] + sides[3]
    u, v = share * min(wide, high) / wide, share * min(wide, high) / high
    return through(square_to(corners), np.array([(-u, -v), (1 + u, -v), (1 + u, 1 + v), (-u, 1 + v)]))


def square_to(corners: Floats) -> Floats:
    """The projective map from the unit square (top left, top right, bottom right, bottom left) to the corners."""
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    rows, right = [], []
    for (u, v), (x, y) in zip(square, corners, strict=True):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    matrix: Floats = np.append(np.linalg.solve(np.array(rows, float), np.array(right, float)), 1.0).reshape(3, 3)
    return matrix


def through(matrix: Floats, points: Floats) -> Floats:
    """The points mapped by a projective matrix."""
    mapped = np.c_[points, np.ones(len(points))] @ matrix.T
    result: Floats = mapped[:, :2] / mapped[:, 2:]
    return result
