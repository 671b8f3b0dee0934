"""Finds the outline of the card or sheet in an upright picture, and says how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.blank import print_on
from workers.photos.candidates import candidates
from workers.photos.edges import Array
from workers.photos.geometry import in_reading_order, outward
from workers.photos.looks import Look, look_again, look_at
from workers.photos.outermost import edge_outside
from workers.photos.priors import Prior

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

SEARCH_SIDE = 480  # long side in px: enough to tell edges, small enough to be fast
REFINE_SIDE = 1000
BLANK = 1.5  # levels a pixel: drawn cards have 2 and more, photographs of them 6, bare rectangles below 1
RIVAL = 0.3  # an edge so strong by a side's own, beside it and as long, may be the card's: then
INNER = 0.5  # so much remains of the confidence (docs/photos.md)
FRAME = 0.005  # a corner nearer the frame than this may go on outside it


@dataclass(frozen=True)
class Found:
    """`corners` in pixels of the picture, clockwise, long sides first, grown by the margin; `tight` without it.

    `support` is the weakest side's edge, `inliers` the weakest side's share of agreeing profiles. `whole`: inside the
    picture. `confidence` is how often such an outline is right (docs/photos.md has the table). `printed`: not a blank
    rectangle. What is not said is as of a drawn one.
    """

    corners: Floats
    tight: Floats
    support: float
    inliers: float
    whole: bool
    confidence: float = 1.0
    printed: bool = True


def drawn(outline: Sequence[Sequence[float]]) -> Found:
    """The outline that somebody drew, in pixels of the picture: taken as it is, without a margin."""
    corners = in_reading_order(np.array(outline, float))
    return Found(corners=corners, tight=corners, support=1.0, inliers=1.0, whole=True)


def locate(picture: Pixels, prior: Prior) -> Found | None:
    """The best outline in the picture, or None when nothing in it has four sides."""
    larger, small = sizes(picture)
    rough = candidates(small, prior)
    if not len(rough.quads):
        return None
    look = look_at(larger, rough, prior)
    if look.confidence < prior.least_confidence and prior.again:
        look = look_again(larger, rough, look, prior)
    height, width = picture.shape[:2]
    found = _found(look, prior, width / small.shape[1], (width, height))
    tight = found.tight * (larger.shape[1] / width)
    sure = found.confidence >= prior.least_confidence and prior.aspect is not None
    is_inner = sure and edge_outside(larger, tight) > RIVAL
    confidence = found.confidence * INNER if is_inner else found.confidence
    return replace(found, confidence=round(confidence, 3), printed=print_on(larger, tight) > BLANK)


def _found(look: Look, prior: Prior, scale: float, size: tuple[int, int]) -> Found:
    best = look.best
    tight = in_reading_order(look.corners[best] * scale)
    return Found(
        corners=outward(tight, prior.margin),
        tight=tight,
        support=float(look.evidence.under[best].min()),
        inliers=float(look.evidence.inliers[best].min()),
        whole=_is_inside(tight, size),
        confidence=look.confidence,
    )


def _is_inside(corners: Floats, size: tuple[int, int]) -> bool:
    width, height = size
    gap = FRAME * max(size)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((low > gap).all() and high[0] < width - gap and high[1] < height - gap)


def sizes(picture: Pixels) -> tuple[Array, Pixels]:
    """RGB values of the picture at the two working sizes."""
    larger = _shrunk(opencv.reduced(picture, max(picture.shape) // REFINE_SIDE), REFINE_SIDE)
    return larger.astype(np.float32), _shrunk(larger, SEARCH_SIDE, opencv.LINEAR)


def _shrunk(pixels: Pixels, long_side: int, how: int = opencv.BY_AREA) -> Pixels:
    """Halving, as good as by area and far faster, asks for nothing but its neighbours: LINEAR."""
    height, width = pixels.shape[:2]
    scale = long_side / max(width, height)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    smaller: Pixels = opencv.resize(pixels, size, interpolation=how)
    return smaller
