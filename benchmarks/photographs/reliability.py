"""The reliability table: of the outlines whose confidence lies in a band, how many are right, and what they claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean

from benchmarks.photographs.scores import RIGHT, Score
from benchmarks.photographs.truth import CUT_OFF

Answer = tuple[float, bool]
BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 1.0)
HEAD = f"{'confidence':16} {'claimed':>9} {'right':>9}   of"


def of_confidence(scores: Sequence[Score]) -> Iterator[str]:
    """Negatives count as wrong; cards that are cut off are judged by the frame, not by this."""
    asked = [one for one in scores if one.photograph.condition != CUT_OFF and one.answer.corners is not None]
    return of_answers([(one.answer.confidence, one.bare >= RIGHT) for one in asked])


def of_answers(answers: Sequence[Answer]) -> Iterator[str]:
    """The table of answers, each its confidence and whether it is right."""
    yield HEAD
    for low, high in pairwise(BANDS):
        band = [one for one in answers if low <= one[0] < high or (high == 1 == one[0])]
        yield _row(f"{low:.2f} to {high:.2f}", band)


def _row(name: str, band: Sequence[Answer]) -> str:
    if not band:
        return f"{name:16} {'-':>9} {'-':>9}   0"
    claimed, right = (fmean(each) for each in zip(*band, strict=True))
    return f"{name:16} {100 * claimed:>8.1f}% {100 * right:>8.1f}%   {len(band)}"
