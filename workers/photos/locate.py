"""Finds the outline of the card or sheet in an upright picture, and says how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workers.photos.edges import edge_field
from workers.photos.geometry import in_reading_order, outward
from workers.photos.lines import find_lines
from workers.photos.priors import Prior
from workers.photos.quads import Quad, best_quad
from workers.photos.refine import refine

Floats = NDArray[np.float64]

SEARCH_SIDE = 480  # long side in px: enough to tell edges, small enough to be fast
REFINE_SIDE = 1000
MARGIN = 0.012
FRAME = 0.005  # a corner nearer the frame than this may go on outside it


@dataclass(frozen=True)
class Found:
    """`corners` in pixels of the picture, clockwise, long sides first, grown by the margin; `tight` without it.

    `support` is the weakest side's edge, `inliers` the weakest side's share of agreeing profiles.
    """

    corners: Floats
    tight: Floats
    support: float
    inliers: float
    whole: bool

    @property
    def confidence(self) -> float:
        """0 to 1; near 1 when all four sides lie on a clear straight edge inside the picture."""
        sure = min(self.support, 1.0) * 0.5 + min(self.inliers, 1.0) * 0.5
        return round(sure if self.whole else 0.5 * sure, 3)


def locate(picture: Image.Image, prior: Prior) -> Found | None:
    """The best outline in the picture, or None when nothing in it has four sides."""
    small, scale = _reduced(picture, SEARCH_SIDE)
    field = edge_field(small)
    rough = best_quad(field, find_lines(field), prior)
    return None if rough is None else _refined(picture, rough, scale)


def drawn(outline: Sequence[Sequence[float]]) -> Found:
    """The outline that somebody drew, in pixels of the picture: taken as it is, without a margin."""
    corners = in_reading_order(np.array(outline, float))
    return Found(corners=corners, tight=corners, support=1.0, inliers=1.0, whole=True)


def _refined(picture: Image.Image, rough: Quad, scale: float) -> Found:
    larger, fine_scale = _reduced(picture, REFINE_SIDE)
    fine = refine(larger, rough.corners * (fine_scale / scale))
    tight = in_reading_order(fine.corners / fine_scale)
    return Found(
        corners=outward(tight, MARGIN),
        tight=tight,
        support=float(rough.sides.min()),
        inliers=float(fine.inliers.min()),
        whole=_is_inside(tight, picture.size),
    )


def _is_inside(corners: Floats, size: tuple[int, int]) -> bool:
    width, height = size
    gap = FRAME * max(size)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((low > gap).all() and high[0] < width - gap and high[1] < height - gap)


def _reduced(picture: Image.Image, long_side: int) -> tuple[NDArray[np.uint8], float]:
    scale = min(1.0, long_side / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture if scale == 1.0 else picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.asarray(small), scale
