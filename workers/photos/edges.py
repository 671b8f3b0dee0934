"""How strongly, and in which direction, the colour changes at each pixel, measured against its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv

Array = NDArray[np.float32]

COLOUR_WEIGHT = 1.6  # a coloured card on a grey desk of the same lightness has only this
SURROUNDINGS = 12.0  # px at working size: wide enough to average texture, narrow enough to leave a card's edge alone
SMOOTHING = 1.0
HEAVY = np.array([1, COLOUR_WEIGHT, COLOUR_WEIGHT], np.float32)
GRID = 4
ALL_CHANNELS = np.ones((1, 3), np.float32)
SLOPE = np.array([-0.5, 0.0, 0.5], np.float32)
KEEP = np.array([1.0], np.float32)


@dataclass(frozen=True)
class EdgeField:
    """`strength` is 1 where the gradient is as strong as around it; `across` points to the lighter side, 0 to 2 pi."""

    strength: Array
    across: Array

    @property
    def shape(self) -> tuple[int, int]:
        return self.strength.shape[0], self.strength.shape[1]


def weighted_lab(picture: NDArray[Any]) -> Array:
    """Lab of RGB values 0 to 255, the colour channels as heavy as the finder takes them."""
    lab: Array = opencv.convert(np.multiply(picture, np.float32(1 / 255), dtype=np.float32), opencv.RGB_TO_LAB)
    rows = lab.reshape(len(lab), -1)
    rows *= np.tile(HEAVY, rows.shape[1] // 3)
    return lab


def edge_field(lab: Array) -> EdgeField:
    """The colour gradient (structure tensor over all channels), locally normalised."""
    gx, gy = _slopes(_smoothed(lab, SMOOTHING))
    xx, yy, xy = (_over_channels(one * two) for one, two in ((gx, gx), (gy, gy), (gx, gy)))
    split, double = opencv.to_polar(xx - yy, 2 * xy)
    magnitude = np.sqrt((xx + yy + split) / 2)
    floor = 0.25 * quantile(magnitude, 0.5) + 1e-3
    strength = magnitude / (_around(magnitude) + floor)
    return EdgeField(strength, _to_lighter(double / 2, opencv.channel(gx, 0), opencv.channel(gy, 0)))


def quantile(values: Array, share: float) -> float:
    """What so large a share of a picture's values lies below, told by a quarter of them."""
    some = values[::2, ::2].ravel()
    place = int(share * (some.size - 1))
    return float(np.partition(some, place)[place])


def _smoothed(values: Array, sigma: float) -> Array:
    smooth: Array = opencv.blur(values, (0, 0), sigma, borderType=opencv.NEAREST_EDGE)
    return smooth


def _around(magnitude: Array) -> Array:
    """The mean around each pixel, measured on a coarse grid: it varies slowly."""
    height, width = magnitude.shape
    coarse = max(1, width // GRID), max(1, height // GRID)
    small = _smoothed(opencv.resize(magnitude, coarse, interpolation=opencv.BY_AREA), SURROUNDINGS / GRID)
    around: Array = opencv.resize(small, (width, height), interpolation=opencv.LINEAR)
    return around


def _slopes(lab: Array) -> tuple[Array, Array]:
    gx: Array = opencv.filter_apart(lab, -1, SLOPE, KEEP, borderType=opencv.NEAREST_EDGE)
    gy: Array = opencv.filter_apart(lab, -1, KEEP, SLOPE, borderType=opencv.NEAREST_EDGE)
    return gx, gy


def _over_channels(values: Array) -> Array:
    total: Array = opencv.mix(values, ALL_CHANNELS)
    return total


def _to_lighter(angle: Array, gx: Array, gy: Array) -> Array:
    """The angle (0 to pi), or the opposite one, whichever points up the lightness."""
    cos, sin = opencv.from_polar(None, angle)
    falls = gx * cos + gy * sin < 0
    turned: Array = angle + np.float32(np.pi) * falls
    return turned
