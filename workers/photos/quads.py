"""The search for an outline: quadrilaterals of candidate lines, judged by the edge under their sides.

A side is a stretch of one line between two others. Stretches with next to no edge are dropped before any four of them
are put together, so that a hundred lines cost what forty would.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.geometry import apart
from workers.photos.lines import Lines
from workers.photos.perspective import rectangle_seen
from workers.photos.priors import Prior
from workers.photos.stretches import OVERRUN, Crossings, Stretches, crossings_of, places_of, stretches_of
from workers.photos.support import Running

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Truths = NDArray[np.bool_]

MAX_STRETCHES = (16_000, 40_000)
FEW = 60  # quadrilaterals
MAX_QUADS = 6_000
SHORT = 0.07  # the shortest side, as a share of the picture's long side
CARD = 85.60 / 53.98  # ISO/IEC 7810: long side by short side
TRIED = 24  # outlines looked at for each that is kept
SHARE = 5  # the place of "log of the share of the picture" among the features
ASKEW = 1.5
SAME = 7.0  # px: outlines nearer than this are one; fitting moves both to the same edges


NO_QUADS = np.empty((0, 4, 2))


def ranked_quads(lines: Lines, edges: Running, shape: tuple[int, int], prior: Prior, count: int) -> Floats:
    """The `count` best outlines that are not almost the same, best first, as corners (n, 4, 2) in pixels of the field.

    Corners go round.
    """
    if lines.angle.size < 4:
        return NO_QUADS
    crossings = crossings_of(lines, shape)
    stretches, sides, pairs = _put_together(lines, edges, crossings, SHORT * max(shape))
    if len(sides) == 0:
        return NO_QUADS
    corners = _corners(crossings, sides)
    other = pairs[:, [1, 0, 1, 0]]  # each side runs between the lines of the other pair
    under, beyond, lighter = (each[sides, other] for each in (stretches.under, stretches.beyond, stretches.lighter))
    inwards = lighter * inward(lines, corners, sides)
    score = score_of(features_of(corners, under, beyond, inwards, shape), prior)
    order = np.argsort(-score)[: TRIED * count]
    score[order] += _as_seen(corners[order], shape, prior)
    order = order[np.argsort(-score[order])]
    return distinct(corners[order[score[order] > -np.inf]].astype(float), count)


def _put_together(lines: Lines, edges: Running, crossings: Crossings, short: float) -> tuple[Stretches, Ints, Ints]:
    """The stretches, and the lines and pairs of each quadrilateral; from more stretches where few make too little.

    On wood and grass nearly all of the best stretches are grain.
    """
    least, most = MAX_STRETCHES
    stretches, found = stretches_of(lines, edges, crossings, short, least)
    sides, pairs = _joined(stretches)
    if len(sides) < FEW and found > least:
        stretches, _ = stretches_of(lines, edges, crossings, short, most)
        sides, pairs = _joined(stretches)
    return stretches, sides, pairs


def _as_seen(corners: Floats, shape: tuple[int, int], prior: Prior) -> Floats:
    """What is lost for what no camera would make of a rectangle, and of a card."""
    askew, odd = rectangle_seen(corners, shape, CARD)
    return -ASKEW * (askew + odd if prior.aspect else askew)


def score_of(features: Floats, prior: Prior) -> Floats:
    """What the weights of the prior make of the features; nothing where the outline is too small."""
    large = features[:, SHARE] > np.log(prior.least_area)
    score: Floats = np.where(large, features @ np.array(prior.search, np.float32), -np.inf)
    return score


def distinct(quads: Floats, count: int) -> Floats:
    """The first `count` that differ from all before them."""
    kept: list[Floats] = []
    while len(quads) and len(kept) < count:
        kept.append(quads[0])
        quads = quads[apart(quads, quads[0]) > SAME]
    return np.stack(kept) if kept else NO_QUADS


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
    rows, columns = places_of(both != 0)
    half = np.flatnonzero(columns * 64 < rows)  # two pairs one way round are enough
    rows, columns = rows[half], columns[half]
    bits = np.unpackbits(both[rows, columns].view(np.uint8).reshape(-1, 8), axis=1)
    place, bit = places_of(bits.view(bool))
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
    under, beyond, lighter = (np.ascontiguousarray(each.T) for each in (under, beyond, lighter))
    ordered = np.sort(under, axis=0)
    a, b, c, d = lengths = _lengths(corners) + 1
    one, two = a + c, b + d
    odd = np.abs(np.log(lengths[:2] / lengths[2:])).sum(axis=0)
    share = np.log(np.maximum(_area(corners) / (shape[0] * shape[1]), 1e-6))
    aspect = np.abs(np.log(np.maximum(one, two) / np.minimum(one, two) / CARD))
    inwards = lighter.mean(axis=0)
    return np.stack([
        under.mean(axis=0), ordered[0], ordered[1], beyond.mean(axis=0), beyond.max(axis=0), share, aspect,
        np.abs(lighter).mean(axis=0), inwards, np.abs(inwards), odd,
    ], axis=1)  # fmt: skip


def _lengths(corners: Floats) -> Floats:
    """Of each side (row), from corner k to the next, of each outline (column)."""
    x, y = (np.ascontiguousarray(corners[..., k].T) for k in (0, 1))
    lengths: Floats = np.hypot(x - np.roll(x, -1, axis=0), y - np.roll(y, -1, axis=0))
    return lengths


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
