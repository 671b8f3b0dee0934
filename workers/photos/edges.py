"""How strongly, and in which direction, the colour changes at each pixel, measured against its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from workers.photos.scikit import rgb2lab

Array = NDArray[np.float32]

COLOUR_WEIGHT = 1.6  # a coloured card on a grey desk of the same lightness has only this
SURROUNDINGS = 12.0  # px at working size: wide enough to average texture, narrow enough to leave a card's edge alone
SMOOTHING = 1.0


@dataclass(frozen=True)
class EdgeField:
    """`strength` is 1 where the gradient is as strong as around it; (`across_x`, `across_y`) points across the edge."""

    strength: Array
    across_x: Array
    across_y: Array

    @property
    def shape(self) -> tuple[int, int]:
        return self.strength.shape[0], self.strength.shape[1]


def edge_field(picture: NDArray[np.uint8], smoothing: float = SMOOTHING) -> EdgeField:
    """The colour gradient of an RGB picture (structure tensor over Lab), locally normalised."""
    lab = _lab(picture)
    xx, yy, xy = _tensor(lab, smoothing)
    root = np.sqrt((xx - yy) ** 2 + 4 * xy**2)
    magnitude = np.sqrt(np.maximum((xx + yy + root) / 2, 0))
    angle = np.arctan2(2 * xy, xx - yy) / 2
    around = ndimage.gaussian_filter(magnitude, SURROUNDINGS, mode="nearest")
    floor = 0.25 * float(np.median(magnitude)) + 1e-3
    return EdgeField(magnitude / (around + floor), np.cos(angle), np.sin(angle))


def _lab(picture: NDArray[np.uint8]) -> Array:
    lab: Array = rgb2lab(picture.astype(np.float32) / 255, channel_axis=-1).astype(np.float32)
    lab[..., 1:] *= COLOUR_WEIGHT
    return lab


def _tensor(lab: Array, smoothing: float) -> tuple[Array, Array, Array]:
    xx = np.zeros(lab.shape[:2], np.float32)
    yy, xy = xx.copy(), xx.copy()
    for channel in range(3):
        smooth = ndimage.gaussian_filter(lab[..., channel], smoothing, mode="nearest")
        gy, gx = np.gradient(smooth)
        xx += gx * gx
        yy += gy * gy
        xy += gx * gy
    return xx, yy, xy
