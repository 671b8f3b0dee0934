"""Areas that two outlines share. Outlines are corners in order; one that crosses itself counts as its convex hull."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from workers.photos.geometry import square_to, through

Floats = NDArray[np.float64]

CARD = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])


def iou(answer: Floats, truth: Floats) -> float:
    """Intersection over union in the card's own frame, as SmartDoc 2015 has it: what is far away counts as much."""
    into_card: Floats = np.linalg.inv(square_to(truth))
    found = hull(through(into_card, answer))
    shared = area(clipped(found, CARD))
    return shared / (area(found) + area(CARD) - shared)


def lost(answer: Floats, truth: Floats, size: tuple[int, int]) -> float:
    """The share of what the picture shows of the card that the answered outline leaves out."""
    width, height = size
    seen = clipped(hull(truth), np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]))
    return 1 - area(clipped(seen, hull(answer))) / area(seen)


def area(outline: Floats) -> float:
    x, y = outline.reshape(-1, 2).T
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def hull(points: Floats) -> Floats:
    """The convex hull, turning as the axes do; empty when the points lie on one line."""
    try:
        around: Floats = points[ConvexHull(points).vertices]
    except QhullError:
        return np.empty((0, 2))
    return around


def clipped(outline: Floats, window: Floats) -> Floats:
    """What of a convex outline lies in a convex window (Sutherland and Hodgman)."""
    if len(window) < 3:
        return np.empty((0, 2))
    for start, end in zip(window, np.roll(window, -1, axis=0), strict=True):
        outline = _left_of(outline, start, end)
    return outline


def _left_of(outline: Floats, start: Floats, end: Floats) -> Floats:
    along = end - start
    side = along[0] * (outline[:, 1] - start[1]) - along[1] * (outline[:, 0] - start[0])
    kept: list[Floats] = []
    for k in range(len(outline)):
        if side[k - 1] * side[k] < 0:
            kept.append(outline[k - 1] + (outline[k] - outline[k - 1]) * side[k - 1] / (side[k - 1] - side[k]))
        if side[k] >= 0:
            kept.append(outline[k])
    return np.array(kept).reshape(-1, 2)
