"""Whether there is anything on a card: a rectangle without print is a mat, a tile or a sheet of paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import Array
from workers.photos.scikit import projective_from

Floats = NDArray[np.float64]

SIZE = (240, 152)
RIM = 0.1  # share of each side that is not looked at: the card's own edge and its shadow
SHARE = 98  # percentile: print covers little of a card
EVENLY = np.full((1, 3), 1 / 3, np.float32)  # of the three colours
AVERAGED = 0.45  # of a pixel of SIZE: more would show the sensor's grain


def print_on(picture: Array, corners: Floats) -> float:
    """How steep the steepest parts inside the outline are, in levels a pixel of a card 240 wide."""
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    grain = AVERAGED * float(sides.max()) / SIZE[0]
    around, placed = _around(picture, corners)
    smooth = opencv.blur(around, (0, 0), grain) if grain > AVERAGED else around
    target = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])], float)
    back = projective_from(target, placed)
    if not back:
        return 0.0
    way = opencv.LINEAR | opencv.BACKWARDS
    return _steepest(opencv.warp(smooth, back.params, SIZE, flags=way, borderMode=opencv.NEAREST_EDGE))


def _around(picture: Array, corners: Floats) -> tuple[Array, Floats]:
    """The part of the picture that holds the corners, in grey, and where they lie in it."""
    frame = np.array(picture.shape[1::-1])
    low = np.clip(np.floor(corners.min(axis=0)), 0, frame - 1).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, low + 1, frame).astype(int)
    grey: Array = opencv.mix(picture[low[1] : high[1], low[0] : high[0]], EVENLY)
    return grey, corners - low


def _steepest(grey: Floats) -> float:
    rows, columns = (round(RIM * side) for side in grey.shape)
    down, along = np.gradient(grey[rows:-rows, columns:-columns])
    return float(np.percentile(np.hypot(down, along), SHARE))
