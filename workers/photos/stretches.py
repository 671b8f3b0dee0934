"""Where lines cross, and what lies between two crossings: a stretch of a line that may be a side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.lines import Lines
from workers.photos.support import Running

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Truths = NDArray[np.bool_]

LONGER = 0.15  # what the logarithm of its length is worth
LEAN = np.radians(38)  # opposite sides of a tilted card
CORNER = np.radians(46)  # adjacent sides
OVERRUN = 0.4  # what edge beyond its ends costs a stretch, by edge under it
OUTSIDE = 0.04  # how far a corner may lie outside the picture, as a share of its long side
LEAST_EDGE = 0.22  # the edge that even a hidden side has
CORNER_CUT = 0.07  # share of a side that a rounded corner takes away
BEYOND = (0.03, 0.18)  # the stretch past a corner, as shares of the side, where a card has no edge any more


@dataclass(frozen=True)
class Crossings:
    """Where lines meet: `where[i, j]`, its place along line i, and whether that is a corner that may be."""

    where: Floats
    along: Floats
    corner: Truths


@dataclass(frozen=True)
class Stretches:
    """Of line i between the lines of pair p: the edge under it, beyond its ends, and how one-sidedly it gets lighter.

    `under` is 0 where the stretch is no side.
    """

    pairs: Ints
    under: Floats
    beyond: Floats
    lighter: Floats


def crossings_of(lines: Lines, shape: tuple[int, int]) -> Crossings:
    """Where any two of the lines meet, as far as that may be a corner in the picture."""
    cos, sin, d = (np.asarray(v, np.float32) for v in (np.cos(lines.angle), np.sin(lines.angle), lines.distance))
    det = cos[:, None] * sin - sin[:, None] * cos
    steep = np.abs(det) > np.sin(CORNER)
    safe = np.where(steep, det, 1)
    x = (d[:, None] * sin - d * sin[:, None]) / safe
    y = (cos[:, None] * d - cos * d[:, None]) / safe
    slack = OUTSIDE * max(shape)
    inside = (x >= -slack) & (y >= -slack) & (x <= shape[1] + slack) & (y <= shape[0] + slack)
    return Crossings(np.stack([x, y], axis=-1), y * cos[:, None] - x * sin[:, None], steep & inside)


def stretches_of(lines: Lines, edges: Running, crossings: Crossings, short: float, most: int) -> tuple[Stretches, int]:
    """The best `most` stretches, and how many there were."""
    one, two = np.triu_indices(lines.angle.size, 1)
    keep = _between(lines.angle[one], lines.angle[two]) < LEAN
    one, two = one[keep], two[keep]
    line, pair = places_of(crossings.corner.take(one, axis=1) & crossings.corner.take(two, axis=1))
    along, start = crossings.along.ravel(), line * lines.angle.size
    a, b = along.take(start + one[pair]), along.take(start + two[pair])
    low, length = np.minimum(a, b), np.abs(a - b)
    long = np.flatnonzero(length > short)
    line, pair, low, length = line[long], pair[long], low[long], length[long]
    edge = between_corners(edges, line, low, low + length)
    good = np.flatnonzero(edge > LEAST_EDGE)
    line, pair, edge, low, length = line[good], pair[good], edge[good], low[good], length[good]
    high = low + length
    past, found = beyond_ends(edges, line, low, high), line.size
    if found > most:
        good = np.argpartition(OVERRUN * past - edge - LONGER * np.log(length), most)[:most]
        line, pair, edge, past, low, high = line[good], pair[good], edge[good], past[good], low[good], high[good]
    under, beyond, lighter = np.zeros((3, lines.angle.size, one.size), np.float32)
    under[line, pair], beyond[line, pair], lighter[line, pair] = edge, past, edges.lightening(line, low, high)
    return Stretches(np.stack([one, two], axis=1), under, beyond, lighter), found


def places_of(true: Truths) -> tuple[Ints, Ints]:
    """Rows and columns of what is true, as `nonzero` has them and in a third of its time."""
    row = np.repeat(np.arange(len(true)), np.count_nonzero(true, axis=1))
    return row, np.flatnonzero(true) - row * true.shape[1]


def between_corners(edges: Running, line: Ints, low: Floats, high: Floats) -> Floats:
    """The edge under a side without its rounded corners."""
    cut = CORNER_CUT * (high - low)
    return edges.share(line, low + cut, high - cut)


def beyond_ends(edges: Running, line: Ints, low: Floats, high: Floats) -> Floats:
    """The edge on the line of a side past both its ends."""
    near, far = (share * (high - low) for share in BEYOND)
    return (edges.share(line, low - far, low - near) + edges.share(line, high + near, high + far)) / 2


def _between(a: Floats, b: Floats) -> Floats:
    turn = np.abs(a - b) % np.pi
    between: Floats = np.minimum(turn, np.pi - turn)
    return between
