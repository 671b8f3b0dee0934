"""Finds the outline of the card or sheet in an upright picture, and says how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workers.photos import opencv
from workers.photos.blank import print_on
from workers.photos.candidates import Candidates, candidates
from workers.photos.edges import Array
from workers.photos.evidence import Evidence, confidence_of, weigh, worth_of
from workers.photos.geometry import apart, in_reading_order, outward, side_lengths
from workers.photos.priors import Prior
from workers.photos.refine import refine

Floats = NDArray[np.float64]

SEARCH_SIDE = 480  # long side in px: enough to tell edges, small enough to be fast
REFINE_SIDE = 1000
BLANK = 1.5  # levels a pixel: drawn cards have 2 and more, photographs of them 6, bare rectangles below 1
FRAME = 0.005  # a corner nearer the frame than this may go on outside it
ROUGH, FINE = (12, 24), (5, 36)  # reach in px and profiles of the two passes


@dataclass(frozen=True)
class Found:
    """`corners` in pixels of the picture, clockwise, long sides first, grown by the margin; `tight` without it.

    `support` is the weakest side's edge, `inliers` the weakest side's share of agreeing profiles, `agreement` 1 where
    a second finder answers the same, 0 where it is a tenth of a side away. `whole`: inside the picture. `confidence`
    is how often such an outline is right (docs/photos.md has the table). `printed`: not a blank rectangle.
    What is not said is as of a drawn one.
    """

    corners: Floats
    tight: Floats
    support: float
    inliers: float
    whole: bool
    agreement: float = 1.0
    confidence: float = 1.0
    printed: bool = True


def drawn(outline: Sequence[Sequence[float]]) -> Found:
    """The outline that somebody drew, in pixels of the picture: taken as it is, without a margin."""
    corners = in_reading_order(np.array(outline, float))
    return Found(corners=corners, tight=corners, support=1.0, inliers=1.0, whole=True)


def locate(picture: Image.Image, prior: Prior) -> Found | None:
    """The best outline in the picture, or None when nothing in it has four sides."""
    larger, small = _sizes(picture)
    rough = candidates(small, prior)
    if not rough.quads:
        return None
    scale = small.shape[1] / larger.shape[1]
    corners, inliers = _fitted(larger, np.array([quad.corners for quad in rough.quads]) / scale)
    corners *= scale
    evidence = weigh(corners, inliers, rough.maps, rough.segments)
    found = _best(corners, evidence, rough, prior, picture.size)
    steep = print_on(larger, found.tight * (larger.shape[1] / picture.width))
    return replace(found, printed=steep > BLANK)


def _fitted(larger: Array, corners: Floats) -> tuple[Floats, Floats]:
    """The outlines after both passes, and the shares of agreeing profiles of the last."""
    once = refine(larger, corners, *ROUGH)
    twice = refine(larger, once.corners, *FINE)
    return twice.corners, twice.inliers


def _best(corners: Floats, evidence: Evidence, rough: Candidates, prior: Prior, size: tuple[int, int]) -> Found:
    worth = worth_of(evidence, prior)
    best = int(worth.argmax())
    tight = in_reading_order(corners[best] * (size[0] / rough.maps.shape[2]))
    return Found(
        corners=outward(tight, prior.margin),
        tight=tight,
        support=float(evidence.under[best].min()),
        inliers=float(evidence.inliers[best].min()),
        whole=_is_inside(tight, size),
        agreement=_agreement(corners[best], rough),
        confidence=confidence_of(worth, apart(corners, corners[best])),
    )


def _agreement(corners: Floats, rough: Candidates) -> float:
    if not rough.second:
        return 0.0
    away = float(apart(corners[None], rough.second[0].corners)[0])
    return max(0.0, 1 - 10 * away / max(float(side_lengths(corners).min()), 1.0))


def _is_inside(corners: Floats, size: tuple[int, int]) -> bool:
    width, height = size
    gap = FRAME * max(size)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((low > gap).all() and high[0] < width - gap and high[1] < height - gap)


def _sizes(picture: Image.Image) -> tuple[Array, Array]:
    """RGB values of the picture at the two working sizes."""
    halved = picture.reduce(max(1, max(picture.size) // REFINE_SIDE))
    larger = _shrunk(np.asarray(halved), REFINE_SIDE)
    return larger.astype(np.float32), _shrunk(larger, SEARCH_SIDE, opencv.LINEAR).astype(np.float32)


def _shrunk(pixels: NDArray[np.uint8], long_side: int, how: int = opencv.BY_AREA) -> NDArray[np.uint8]:
    """Halving, as good as by area and far faster, asks for nothing but its neighbours: LINEAR."""
    height, width = pixels.shape[:2]
    scale = long_side / max(width, height)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    smaller: NDArray[np.uint8] = opencv.resize(pixels, size, interpolation=how)
    return smaller
