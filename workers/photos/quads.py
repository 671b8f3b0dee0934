"""The search for an outline: every quadrilateral of four candidate lines, judged by the edge under its sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.photos.edges import EdgeField
from workers.photos.lines import Lines
from workers.photos.priors import Prior
from workers.photos.support import edge_support

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_QUADS = 150_000
LEAN = np.radians(32)  # opposite sides of a tilted card
CORNER = np.radians(48)  # adjacent sides
OVERRUN = 0.2
OUTSIDE = 0.04  # how far a corner may lie outside the picture, as a share of its long side


@dataclass(frozen=True)
class Quad:
    """Corners in pixels of the field, going round; `sides` is the edge support of each side, 0 to 1."""

    corners: Floats
    sides: Floats
    score: float


def best_quad(field: EdgeField, lines: Lines, prior: Prior) -> Quad | None:
    """The outline with the highest score, or None when no four lines make one."""
    found = ranked_quads(field, lines, prior, 1)
    return found[0] if found else None


def ranked_quads(field: EdgeField, lines: Lines, prior: Prior, count: int) -> list[Quad]:
    """The `count` best outlines, best first."""
    if lines.angle.size < 4:
        return []
    one, two = _opposite_pairs(lines)
    first, second = _crossing(lines, one, two)
    if first.size == 0:
        return []
    sides = np.stack([one[first], one[second], two[first], two[second]], axis=1)
    corners = _corners(lines, sides)
    keep = _plausible(corners, field.shape, prior)
    sides, corners = sides[keep], corners[keep]
    if len(sides) == 0:
        return []
    support, beyond = edge_support(field, lines, sides, corners)
    score = _score(corners, support, field.shape, prior) - OVERRUN * beyond.mean(axis=1)
    order = np.argsort(-score)[:count]
    return [Quad(corners[k], support[k], float(score[k])) for k in order]


def _opposite_pairs(lines: Lines) -> tuple[Ints, Ints]:
    one, two = np.triu_indices(lines.angle.size, 1)
    apart = _between(lines.angle[one], lines.angle[two])
    keep = apart < LEAN
    return one[keep], two[keep]


def _between(a: Floats, b: Floats) -> Floats:
    turn: Floats = np.abs(a - b) % np.pi
    return np.minimum(turn, np.pi - turn)


def _crossing(lines: Lines, one: Ints, two: Ints) -> tuple[Ints, Ints]:
    first, second = np.triu_indices(one.size, 1)
    keep = np.ones(first.size, bool)
    for a in (one, two):
        for b in (one, two):
            keep &= _between(lines.angle[a[first]], lines.angle[b[second]]) > CORNER
    return first[keep][:MAX_QUADS], second[keep][:MAX_QUADS]


def _corners(lines: Lines, sides: Ints) -> Floats:
    """Corner k lies where side k meets side k+1."""
    a, b = sides, np.roll(sides, -1, axis=1)
    cos, sin, d = np.cos(lines.angle), np.sin(lines.angle), lines.distance
    det = cos[a] * sin[b] - sin[a] * cos[b]
    x = (d[a] * sin[b] - d[b] * sin[a]) / det
    y = (cos[a] * d[b] - cos[b] * d[a]) / det
    return np.stack([x, y], axis=-1)


def _plausible(corners: Floats, shape: tuple[int, int], prior: Prior) -> NDArray[np.bool_]:
    height, width = shape
    slack = OUTSIDE * max(shape)
    inside = ((corners >= -slack) & (corners <= np.array([width, height]) + slack)).all(axis=(1, 2))
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2)
    big = (_area(corners) > prior.least_area * width * height) & (edges.min(axis=1) > 0.08 * max(shape))
    plausible: NDArray[np.bool_] = inside & big
    return plausible


def _area(corners: Floats) -> Floats:
    x, y = corners[..., 0], corners[..., 1]
    nx, ny = np.roll(x, -1, axis=-1), np.roll(y, -1, axis=-1)
    area: Floats = np.abs((x * ny - nx * y).sum(axis=-1)) / 2
    return area


def _score(corners: Floats, support: Floats, shape: tuple[int, int], prior: Prior) -> Floats:
    ordered = np.sort(support, axis=1)
    share = _area(corners) / (shape[0] * shape[1])
    score: Floats = support.mean(axis=1) + 0.6 * ordered[:, 0] + 0.4 * ordered[:, 1] + prior.area_weight * np.log(share)
    if prior.aspect is not None:
        score = score - prior.aspect_weight * np.abs(np.log(_aspect(corners) / prior.aspect))
    return score


def _aspect(corners: Floats) -> Floats:
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2)
    one, two = edges[:, 0] + edges[:, 2], edges[:, 1] + edges[:, 3]
    aspect: Floats = np.maximum(one, two) / np.minimum(one, two)
    return aspect
