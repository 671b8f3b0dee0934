"""A wide drawing is folded as a long line of text is: into bands of a page's width, cut beside shapes and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil

WIDEST = 1240.0
STEP = 4
CLEAR = 8
"""What stays free on both sides of a shape."""
Span = tuple[float, float]


def bands(left: float, width: float, shapes: Sequence[Span], names: Sequence[Span] = ()) -> list[Span]:
    """From where to where each band goes, from left to right; one alone when the drawing fits a page."""
    count = ceil(width / WIDEST)
    stride = width / count
    cuts = [_cut(left + stride * number, stride / 8, shapes, names) for number in range(1, count)]
    return list(pairwise([left, *cuts, left + width]))


def _cut(wish: float, reach: float, shapes: Sequence[Span], names: Sequence[Span]) -> float:
    """The place nearest to the wish that cuts no shape and no name; no shape at least; else the wish itself."""
    places = [place for place in _around(wish, reach) if not _inside(place, shapes, CLEAR)]
    whole = (place for place in places if not _inside(place, names, 0))
    return next(whole, next(iter(places), wish))


def _inside(place: float, spans: Sequence[Span], clear: float) -> bool:
    return any(start - clear < place < end + clear for start, end in spans)


def _around(wish: float, reach: float) -> Iterable[float]:
    yield wish
    for away in range(STEP, int(reach), STEP):
        yield wish - away
        yield wish + away
