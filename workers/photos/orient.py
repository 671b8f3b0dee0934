"""Which way up a crop is, as far as can be told in a few milliseconds without reading: 0 or 180 degrees.

Each kind of card has marks that stand on one side of its middle. A mark is measured where it stands when the crop is
upright and where it would stand when it is on its head; what the text says later may overrule it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv

Floats = NDArray[np.float32]
Box = tuple[float, float, float, float]

WIDTH = 253  # about so wide a crop is looked at
PORTRAIT: Box = (0.66, 0.12, 0.94, 0.64)  # GA 448: the face is right, the text left
ID_NUMBER: Box = (0.34, 0.81, 0.93, 0.92)
EMBLEM: Box = (0.05, 0.07, 0.24, 0.36)
CHIP: Box = (0.11, 0.37, 0.19, 0.46)  # ISO 7816-2: the contacts are left, a little above the middle
AROUND_CHIP: tuple[Box, ...] = ((0.06, 0.24, 0.24, 0.29), (0.25, 0.30, 0.30, 0.52), (0.02, 0.28, 0.055, 0.50))
CARD_NUMBER: Box = (0.06, 0.57, 0.94, 0.68)  # ISO 7811-1: the number is a little below the middle
STRIPE: Box = (0.05, 0.06, 0.95, 0.36)
SURE = 0.22  # of the logarithms' sum: so much more of its marks must one way show
CLEAR = 0.9  # below it a cut-out may stand on its head: one in two hundred of harmed ones does above (docs/photos.md)


class WayUp(NamedTuple):
    """`turn` rights the crop; `margin` 0 nothing can be told, 1 no doubt, None nothing is asked of such a paper."""

    turn: int
    margin: float | None

    @property
    def confidence(self) -> float:
        """How often a way up that was told by so much is right: even, where nothing can be told."""
        return 1.0 if self.margin is None else (1 + self.margin) / 2

    @property
    def is_doubtful(self) -> bool:
        """Only a text could settle which way up it is."""
        return self.margin is not None and self.margin < CLEAR


SETTLED = WayUp(0, None)


def way_up(crop: NDArray[np.uint8], slot: str) -> WayUp:
    """How far this crop of a slot is turned; 0 with margin 0 where nothing can be told."""
    marks = marks_of(slot)
    if not marks:
        return SETTLED
    small = opencv.reduced(crop, round(crop.shape[1] / WIDTH)).astype(np.float32)
    turned = small[::-1, ::-1]
    lean = sum(math.log((mark(turned) + floor) / (mark(small) + floor)) for mark, floor in marks)
    return WayUp(180 if lean > SURE else 0, round(math.tanh(abs(lean)), 3))


def marks_of(slot: str) -> tuple[Mark, ...]:
    """A slot's marks: what measures each, and how much of it is noise."""
    return MARKS.get(slot.partition(":")[0], ())


def _cut(pixels: Floats, box: Box) -> Floats:
    height, width = pixels.shape[:2]
    return pixels[int(box[1] * height) : int(box[3] * height), int(box[0] * width) : int(box[2] * width)]


def _spread(pixels: Floats) -> float:
    """A face has large areas of light and dark; lines of text on plastic do not."""
    grey = _cut(pixels, PORTRAIT).mean(axis=2)
    blocks = grey[: grey.shape[0] // 8 * 8, : grey.shape[1] // 8 * 8]
    return float(blocks.reshape(blocks.shape[0] // 8, 8, -1, 8).mean(axis=(1, 3)).std())


def _redness(pixels: Floats) -> float:
    """How much redder than green the reddest part of the emblem's place is."""
    place = _cut(pixels, EMBLEM)
    return max(0.0, float(np.percentile(place[..., 0] - place[..., 1], 80)))


def _chip(pixels: Floats) -> float:
    """How far the colour of the contacts' place is from what is around it."""
    inside = _median(_cut(pixels, CHIP))
    around = np.median([_median(_cut(pixels, box)) for box in AROUND_CHIP], axis=0)
    return float(np.linalg.norm(inside - around))


def _median(pixels: Floats) -> Floats:
    middle: Floats = np.median(pixels.reshape(-1, 3), axis=0)
    return middle


def _id_number(pixels: Floats) -> float:
    return _strokes(_cut(pixels, ID_NUMBER))


def _card_number(pixels: Floats) -> float:
    return _strokes(_cut(pixels, CARD_NUMBER))


def _strokes(row: Floats) -> float:
    """How evenly strokes fill a row: digits do from one end to the other, a picture or a shadow does not."""
    grey = row.mean(axis=2)
    strokes = np.minimum(np.abs(np.diff(grey, axis=1)), 60).mean(axis=0)
    parts = strokes[: len(strokes) // 12 * 12].reshape(-1, 12).mean(axis=1)
    return float(np.median(parts))


def _stripe(pixels: Floats) -> float:
    """The share of dark even rows in the upper third: the back of a card has its magnetic stripe there."""
    rows = _cut(pixels, STRIPE).mean(axis=2)
    darker = np.median(pixels) - 60
    return float(((rows.mean(axis=1) < darker) & (rows.std(axis=1) < 20)).mean())


Mark = tuple[Callable[[Floats], float], float]
MARKS: Mapping[str, tuple[Mark, ...]] = {
    "id_portrait": ((_spread, 8.0), (_id_number, 1.0)),
    "id_emblem": ((_redness, 4.0),),
    "bank_card": ((_chip, 8.0), (_card_number, 1.5), (_stripe, 0.2)),
}
