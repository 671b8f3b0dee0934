"""An outline that a hand has drawn around a card: four corners in pixels of the upright picture, as they go round."""

from __future__ import annotations

from collections.abc import Sequence

Corners = Sequence[Sequence[float]]
OUTSIDE = 0.10  # of the picture's sides: a corner that is just off the photograph can still be meant
LEAST = 0.01  # of the picture's area
MOST = 30
"""Outlines by hand for one photograph: each leaves records and pictures for good, and a job."""


class Enough(ValueError):
    """As many outlines were drawn by hand as one photograph may have; nothing was stored."""


def check_outline(corners: Corners, size: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    """The corners as numbers; ValueError unless they are a convex quadrilateral of some size about in the picture."""
    points = tuple((float(x), float(y)) for x, y in corners)
    width, height = size
    if len(points) != 4 or not all(_is_near(x, width) and _is_near(y, height) for x, y in points):
        raise ValueError("an outline has four corners about in the picture")
    turns = [_turn(points[k - 1], points[k], points[(k + 1) % 4]) for k in range(4)]
    if not all(turn > 0 for turn in turns) and not all(turn < 0 for turn in turns):
        raise ValueError("an outline goes round a card")
    if abs(_area(points)) < LEAST * width * height:
        raise ValueError("an outline is larger than this")
    return points


def _is_near(place: float, side: int) -> bool:
    return -OUTSIDE * side <= place <= (1 + OUTSIDE) * side


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _area(points: Sequence[tuple[float, float]]) -> float:
    return sum(points[k - 1][0] * points[k][1] - points[k][0] * points[k - 1][1] for k in range(4)) / 2
