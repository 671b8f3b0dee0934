"""What an answer is worth: how well it lies on the card, what it cuts off, whether it was right to crop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.photographs.finders import Answer
from benchmarks.photographs.polygons import iou, lost
from benchmarks.photographs.truth import Photograph

Floats = NDArray[np.float64]

RIGHT, GOOD = 0.90, 0.95
TOO_MUCH = 0.01


@dataclass(frozen=True)
class Score:
    """`iou` 0 and `lost` 1 where a card was and nothing was found."""

    photograph: Photograph
    answer: Answer
    iou: float
    bare: float
    lost: float
    upright: bool

    @property
    def cropped(self) -> bool:
        return self.answer.action == "crop"

    @property
    def over_cut(self) -> bool:
        return self.cropped and self.lost > TOO_MUCH


def score(photograph: Photograph, answer: Answer) -> Score:
    """`bare` is the IoU without the margin, `upright` whether the first corner is the content's top left."""
    truth, corners, tight = photograph.corners, answer.corners, answer.tight
    if truth is None or corners is None or tight is None:
        return Score(photograph, answer, 0.0, 0.0, 1.0, False)
    return Score(
        photograph,
        answer,
        iou(corners, truth),
        iou(tight, truth),
        lost(corners, truth, photograph.size),
        is_upright(corners, truth),
    )


def is_upright(corners: Floats, truth: Floats) -> bool:
    """Whether no other corner, taken first, would bring the outline nearer to the truth."""
    apart = [float(np.abs(np.roll(corners, turn, axis=0) - truth).sum()) for turn in range(4)]
    return apart[0] == min(apart)
