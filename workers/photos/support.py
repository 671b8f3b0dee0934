"""How much edge lies under the sides of many quadrilaterals at once: a running sum along each line answers for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workers.photos.edges import EdgeField
from workers.photos.lines import Lines

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CORNER_CUT = 0.07  # share of a side that a rounded corner takes away
ALONG = 0.9  # |cos| between a pixel's gradient and the side's normal
BEYOND = (0.03, 0.18)  # the stretch past a corner, as shares of the side, where a card has no edge any more
FULL = 2.0  # strength that counts as a whole edge
TOLERANCE = 2


def edge_support(field: EdgeField, lines: Lines, sides: Ints, corners: Floats) -> tuple[Floats, Floats]:
    """The edge under each side, and beyond both its ends, by differences of a running sum along each line."""
    running, reach = _running(field, lines)
    cos, sin = np.cos(lines.angle)[sides], np.sin(lines.angle)[sides]
    before, after = np.roll(corners, 1, axis=1), corners
    start = -before[..., 0] * sin + before[..., 1] * cos
    end = -after[..., 0] * sin + after[..., 1] * cos
    low, high = np.minimum(start, end), np.maximum(start, end)
    length = high - low

    def share(a: Floats, b: Floats) -> Floats:
        one = np.clip(np.round(a).astype(int) + reach, 0, 2 * reach)
        two = np.clip(np.round(b).astype(int) + reach, 1, 2 * reach + 1)
        under: Floats = (running[sides, two] - running[sides, one]) / np.maximum(two - one, 1)
        return under

    under = share(low + CORNER_CUT * length, high - CORNER_CUT * length)
    beyond = share(low - BEYOND[1] * length, low - BEYOND[0] * length)
    beyond = (beyond + share(high + BEYOND[0] * length, high + BEYOND[1] * length)) / 2
    return under, beyond


def _running(field: EdgeField, lines: Lines) -> tuple[Floats, int]:
    reach = int(np.ceil(np.hypot(*field.shape)))
    along = np.arange(-reach, reach + 1)
    cos, sin = np.cos(lines.angle)[:, None], np.sin(lines.angle)[:, None]
    best = np.zeros((lines.angle.size, along.size))
    for off in range(-TOLERANCE, TOLERANCE + 1):
        x = (lines.distance[:, None] + off) * cos - along * sin
        y = (lines.distance[:, None] + off) * sin + along * cos
        best = np.maximum(best, _edge_under(field, x, y, cos, sin))
    total = np.zeros((lines.angle.size, along.size + 1))
    np.cumsum(best, axis=1, out=total[:, 1:])
    return total, reach


def _edge_under(field: EdgeField, x: Floats, y: Floats, cos: Floats, sin: Floats) -> Floats:
    height, width = field.shape
    column, row = np.round(x).astype(int), np.round(y).astype(int)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    column, row = np.clip(column, 0, width - 1), np.clip(row, 0, height - 1)
    straight = np.abs(field.across_x[row, column] * cos + field.across_y[row, column] * sin) > ALONG
    edge: Floats = np.minimum(field.strength[row, column] / FULL, 1.0) * (inside & straight)
    return edge
