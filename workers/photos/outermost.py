"""Whether a frame or a bar on a card was taken for its edge: then an edge as long runs beside a side, farther out.

An edge of the desk goes on past the corners, grain does not agree all along, and the rim of a shadow is soft: none of
them counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import Array, weighted_lab
from workers.photos.geometry import side_lengths, square_to, through

Floats = NDArray[np.float64]

ALONG = np.linspace(0.1, 0.9, 24)  # places of a side that are asked
PAST = np.concatenate([np.linspace(-0.3, -0.14, 6), np.linspace(1.14, 1.3, 6)])  # where an edge of the desk goes on
OUT = np.linspace(-0.03, 0.24, 118)  # how far out, as shares of the short side
OWN = 0.012  # so near it is the side itself
SOFT = 1.2  # px
CLEAR = 1.5  # Lab, in a px: the edge of a shadow on white is fainter
AROUND = 3
AGREE, GOES_ON = 0.8, 0.5  # shares of the places
ONE_WAY = 0.5  # of the edge's strength: what a place must have of it to agree


def edge_outside(picture: Array, corners: Floats) -> float:
    """The strongest edge along a side outside of it, by the side's own edge; 0 where there is none.

    Edges outside of three sides are a rim: the faintest of the three counts AROUND times.

    `picture` holds RGB values 0 to 255, `corners` go clockwise from the top left.
    """
    slopes = _slopes(picture, corners)
    along, past = slopes[:, : ALONG.size], slopes[:, ALONG.size :]
    typical = np.median(along, axis=1)
    strength = np.linalg.norm(typical, axis=2)
    way = typical / (strength[..., None] + 1e-6)
    agrees, goes_on = (_share(part, way, strength) for part in (along, past))
    out = OUT[1:-1]
    counts = _is_peak(strength) & (strength > CLEAR) & (out > OWN) & (agrees >= AGREE) & (goes_on < GOES_ON)
    own = strength[:, np.abs(out) <= OWN].max(axis=1, keepdims=True)
    _, third, _, most = np.sort(np.where(counts, strength / (own + 1e-6), 0).max(axis=1))
    return float(max(most, AROUND * third))


def _slopes(picture: Array, corners: Floats) -> Array:
    """How the colour changes on the way out, in a px: (side, place, step, channel), places past the corners last."""
    sides = side_lengths(corners)
    wide, high = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    short = min(wide, high)
    points = through(square_to(corners), _places(short / wide, short / high))
    at = points.astype(np.float32).reshape(-1, OUT.size, 2)
    seen = opencv.remap(picture, at[..., 0], at[..., 1], opencv.LINEAR, borderMode=opencv.NEAREST_EDGE)
    step = short * (OUT[1] - OUT[0])
    sigma = max(0.5, SOFT / step)
    window = 2 * int(np.ceil(3 * sigma)) + 1
    smooth = opencv.blur(weighted_lab(seen), (window, 1), sigma, borderType=opencv.NEAREST_EDGE)
    slopes: Array = (smooth[:, 2:] - smooth[:, :-2]) / np.float32(2 * step)
    return slopes.reshape(4, -1, OUT.size - 2, 3)


def _places(aside: float, below: float) -> Floats:
    """Points of the unit square's surroundings, side by side, place by place, farther and farther out."""
    run, out = (grid.ravel() for grid in np.meshgrid(np.concatenate([ALONG, PAST]), OUT, indexing="ij"))
    u, v = out * aside, out * below
    return np.concatenate([np.stack(each, axis=1) for each in ((run, -v), (1 + u, run), (run, 1 + v), (-u, run))])


def _share(slopes: Array, way: Array, strength: Array) -> Floats:
    """How many of the places, of each side and step, change the same way."""
    share: Floats = ((slopes * way[:, None]).sum(axis=3) > ONE_WAY * strength[:, None]).mean(axis=1)
    return share


def _is_peak(strength: Array) -> NDArray[np.bool_]:
    padded = np.pad(strength, ((0, 0), (1, 1)))
    peaks: NDArray[np.bool_] = (strength >= padded[:, :-2]) & (strength >= padded[:, 2:])
    return peaks
