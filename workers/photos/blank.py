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
AVERAGED = 0.45  # of a pixel of SIZE: more would show the sensor's grain


def print_on(picture: Array, corners: Floats) -> float:
    """How steep the steepest parts inside the outline are, in levels a pixel of a card 240 wide."""
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    grain = AVERAGED * float(sides.max()) / SIZE[0]
    smooth = opencv.blur(picture, (0, 0), grain) if grain > AVERAGED else picture
    target = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])], float)
    back = projective_from(target, corners)
    if not back:
        return 0.0
    flat = opencv.warp(
        smooth, back.params, SIZE, flags=opencv.LINEAR | opencv.BACKWARDS, borderMode=opencv.NEAREST_EDGE
    )
    return _steepest(flat.mean(axis=2))


def _steepest(grey: Floats) -> float:
    rows, columns = (round(RIM * side) for side in grey.shape)
    down, along = np.gradient(grey[rows:-rows, columns:-columns])
    return float(np.percentile(np.hypot(down, along), SHARE))
