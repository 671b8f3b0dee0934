"""A wide drawing is folded as a long line of text is: into bands of about a page's width, cut where no shape stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil

WIDEST = 1240.0
STEP = 4
BEFORE = 8
BEHIND = (50, 8)
"""What stays clear behind a shape, where the name of its flow stands: first with that name, then without."""
Span = tuple[float, float]


def bands(left: float, width: float, shapes: Sequence[Span]) -> list[Span]:
    """From where to where each band goes, from left to right; one alone when the drawing fits a page."""
    count = ceil(width / WIDEST)
    stride = width / count
    cuts = [_cut(left + stride * number, stride / 8, shapes) for number in range(1, count)]
    return list(pairwise([left, *cuts, left + width]))


def _cut(wish: float, reach: float, shapes: Sequence[Span]) -> float:
    """The place nearest to the wish that cuts through no shape; the wish itself when there is none in reach."""
    free = (place for behind in BEHIND for place in _around(wish, reach) if _is_free(place, behind, shapes))
    return next(free, wish)


def _is_free(place: float, behind: float, shapes: Sequence[Span]) -> bool:
    return not any(start - BEFORE < place < end + behind for start, end in shapes)


def _around(wish: float, reach: float) -> Iterable[float]:
    yield wish
    for away in range(STEP, int(reach), STEP):
        yield wish - away
        yield wish + away
