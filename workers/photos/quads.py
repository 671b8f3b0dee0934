"""The search for an outline: quadrilaterals of candidate lines, judged by the edge under their sides.

A side is a stretch of one line between two others. Stretches with next to no edge are dropped before any four of them
are put together, so that a hundred lines cost what forty would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.geometry import apart
from workers.photos.lines import Lines
from workers.photos.perspective import rectangle_seen
from workers.photos.priors import Prior
from workers.photos.support import Running

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Truths = NDArray[np.bool_]

MAX_STRETCHES = (16_000, 40_000)
FEW = 60  # quadrilaterals
LONGER = 0.15
MAX_QUADS = 6_000
LEAN = np.radians(38)  # opposite sides of a tilted card
CORNER = np.radians(46)  # adjacent sides
OVERRUN = 0.4
OUTSIDE = 0.04  # how far a corner may lie outside the picture, as a share of its long side
SHORT = 0.07  # the shortest side, as a share of the picture's long side
LEAST_EDGE = 0.22  # the edge that even a hidden side has
CORNER_CUT = 0.07  # share of a side that a rounded corner takes away
BEYOND = (0.03, 0.18)  # the stretch past a corner, as shares of the side, where a card has no edge any more
CARD = 85.60 / 53.98  # ISO/IEC 7810: long side by short side
TRIED = 24  # outlines looked at for each that is kept
SHARE = 5  # the place of "log of the share of the picture" among the features
ASKEW = 1.5
SAME = 7.0  # px: outlines nearer than this are one; fitting moves both to the same edges


@dataclass(frozen=True)
class Quad:
    """Corners in pixels of the field, going round; `score` by the weights of the prior."""

    corners: Floats
    score: float


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


def ranked_quads(lines: Lines, edges: Running, shape: tuple[int, int], prior: Prior, count: int) -> list[Quad]:
    """The `count` best outlines that are not almost the same, best first."""
    if lines.angle.size < 4:
        return []
    crossings = _crossings(lines, shape)
    stretches, sides, pairs = _put_together(lines, edges, crossings, SHORT * max(shape))
    if len(sides) == 0:
        return []
    corners = _corners(crossings, sides)
    other = pairs[:, [1, 0, 1, 0]]  # each side runs between the lines of the other pair
    under, beyond, lighter = (each[sides, other] for each in (stretches.under, stretches.beyond, stretches.lighter))
    inwards = lighter * inward(lines, corners, sides)
    score = _score(features_of(corners, under, beyond, inwards, shape), prior)
    order = np.argsort(-score)[: TRIED * count]
    score[order] += _as_seen(corners[order], shape, prior)
    order = order[np.argsort(-score[order])]
    return distinct([Quad(corners[k].astype(float), float(score[k])) for k in order if score[k] > -np.inf], count)


def _put_together(lines: Lines, edges: Running, crossings: Crossings, short: float) -> tuple[Stretches, Ints, Ints]:
    """The stretches, and the lines and pairs of each quadrilateral; from more stretches where few make too little.

    On wood and grass nearly all of the best stretches are grain.
    """
    for most in MAX_STRETCHES:
        stretches = _stretches(lines, edges, crossings, short, most)
        sides, pairs = _joined(stretches)
        if len(sides) >= FEW:
            break
    return stretches, sides, pairs


def _as_seen(corners: Floats, shape: tuple[int, int], prior: Prior) -> Floats:
    """What is lost for what no camera would make of a rectangle, and of a card."""
    askew, odd = rectangle_seen(corners, shape, CARD)
    return -ASKEW * (askew + odd if prior.aspect else askew)


def _score(features: Floats, prior: Prior) -> Floats:
    large = features[:, SHARE] > np.log(prior.least_area)
    score: Floats = np.where(large, features @ np.array(prior.search, np.float32), -np.inf)
    return score


def distinct(quads: Sequence[Quad], count: int) -> list[Quad]:
    """The first `count` that differ from all before them."""
    kept: list[Quad] = []
    if not quads:
        return kept
    corners, new = np.stack([quad.corners for quad in quads]), np.ones(len(quads), bool)
    for at, quad in enumerate(quads):
        if new[at] and len(kept) < count:
            kept.append(quad)
            new &= apart(corners, quad.corners) > SAME
    return kept


def _crossings(lines: Lines, shape: tuple[int, int]) -> Crossings:
    cos, sin, d = (np.asarray(v, np.float32) for v in (np.cos(lines.angle), np.sin(lines.angle), lines.distance))
    det = cos[:, None] * sin - sin[:, None] * cos
    steep = np.abs(det) > np.sin(CORNER)
    safe = np.where(steep, det, 1)
    x = (d[:, None] * sin - d * sin[:, None]) / safe
    y = (cos[:, None] * d - cos * d[:, None]) / safe
    slack = OUTSIDE * max(shape)
    inside = (x >= -slack) & (y >= -slack) & (x <= shape[1] + slack) & (y <= shape[0] + slack)
    return Crossings(np.stack([x, y], axis=-1), y * cos[:, None] - x * sin[:, None], steep & inside)


def _stretches(lines: Lines, edges: Running, crossings: Crossings, short: float, most: int) -> Stretches:
    one, two = np.triu_indices(lines.angle.size, 1)
    keep = _between(lines.angle[one], lines.angle[two]) < LEAN
    one, two = one[keep], two[keep]
    line, pair = np.nonzero(crossings.corner[:, one] & crossings.corner[:, two])
    a, b = crossings.along[line, one[pair]], crossings.along[line, two[pair]]
    low, length = np.minimum(a, b), np.abs(a - b)
    long = np.flatnonzero(length > short)
    line, pair, low, length = line[long], pair[long], low[long], length[long]
    edge = between_corners(edges, line, low, low + length)
    good = np.flatnonzero(edge > LEAST_EDGE)
    line, pair, edge, low, length = line[good], pair[good], edge[good], low[good], length[good]
    high = low + length
    past = beyond_ends(edges, line, low, high)
    if line.size > most:
        good = np.argpartition(OVERRUN * past - edge - LONGER * np.log(length), most)[:most]
        line, pair, edge, past, low, high = line[good], pair[good], edge[good], past[good], low[good], high[good]
    under, beyond, lighter = np.zeros((3, lines.angle.size, one.size), np.float32)
    under[line, pair], beyond[line, pair], lighter[line, pair] = edge, past, edges.lightening(line, low, high)
    return Stretches(np.stack([one, two], axis=1), under, beyond, lighter)


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


def _joined(stretches: Stretches) -> tuple[Ints, Ints]:
    """Four lines going round, and their two pairs, wherever all four stretches are sides."""
    one, two = stretches.pairs.T
    is_side = stretches.under > 0
    first, second = _both(is_side, one, two)
    around = is_side[one[first], second] & is_side[two[first], second] & (first < second)
    first, second = first[around], second[around]
    if first.size > MAX_QUADS:
        first, second = _strongest(stretches, first, second)
    return np.stack([one[first], one[second], two[first], two[second]], axis=1), np.stack([first, second], axis=1)


def _both(is_side: Truths, one: Ints, two: Ints) -> tuple[Ints, Ints]:
    """Pairs (first, second): both lines of the second are sides between those of the first; 64 at a time."""
    words = np.packbits(np.pad(is_side, ((0, 0), (0, -is_side.shape[1] % 64))), axis=1).view(np.uint64)
    both = words[one] & words[two]
    rows, columns = np.nonzero(both)
    bits = np.unpackbits(both[rows, columns].view(np.uint8).reshape(-1, 8), axis=1)
    place, bit = np.nonzero(bits)
    return columns[place] * 64 + bit, rows[place]


def _strongest(stretches: Stretches, first: Ints, second: Ints) -> tuple[Ints, Ints]:
    one, two = stretches.pairs.T
    worth = stretches.under - OVERRUN * stretches.beyond
    total = worth[one[first], second] + worth[two[first], second]
    total += worth[one[second], first] + worth[two[second], first]
    best = np.argpartition(-total, MAX_QUADS)[:MAX_QUADS]
    return first[best], second[best]


def _corners(crossings: Crossings, sides: Ints) -> Floats:
    """Corner k lies where side k meets side k+1."""
    corners: Floats = crossings.where[sides, np.roll(sides, -1, axis=1)]
    return corners


def features_of(corners: Floats, under: Floats, beyond: Floats, lighter: Floats, shape: tuple[int, int]) -> Floats:
    """What weights.SEARCH names, one row an outline; `lighter` means inwards."""
    ordered = np.sort(under, axis=1)
    lengths = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2) + 1
    one, two = lengths[:, 0] + lengths[:, 2], lengths[:, 1] + lengths[:, 3]
    odd = np.abs(np.log(lengths[:, :2] / lengths[:, 2:])).sum(axis=1)
    share = np.log(np.maximum(_area(corners) / (shape[0] * shape[1]), 1e-6))
    aspect = np.abs(np.log(np.maximum(one, two) / np.minimum(one, two) / CARD))
    inwards = lighter.mean(axis=1)
    return np.stack([
        under.mean(axis=1), ordered[:, 0], ordered[:, 1], beyond.mean(axis=1), beyond.max(axis=1), share, aspect,
        np.abs(lighter).mean(axis=1), inwards, np.abs(inwards), odd,
    ], axis=1)  # fmt: skip


def inward(lines: Lines, corners: Floats, sides: Ints) -> Floats:
    """1 where the normal of a side's line points into the quadrilateral, else -1."""
    centre = corners.mean(axis=1)
    cos, sin, d = (np.asarray(v, np.float32)[sides] for v in (np.cos(lines.angle), np.sin(lines.angle), lines.distance))
    return np.where(centre[:, :1] * cos + centre[:, 1:] * sin > d, np.float32(1), np.float32(-1))


def _area(corners: Floats) -> Floats:
    x, y = corners[..., 0], corners[..., 1]
    nx, ny = np.roll(x, -1, axis=-1), np.roll(y, -1, axis=-1)
    area: Floats = np.abs((x * ny - nx * y).sum(axis=-1)) / 2
    return area
