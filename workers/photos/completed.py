"""The side that does not show: three sides of a card and its proportion say where the fourth must be.

A white card on a white desk often shows three sides only, by their shadow. The two that run from the ends of the
third tell how the card is tilted, and so how far they go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.lines import Lines
from workers.photos.perspective import FOCAL
from workers.photos.priors import Prior
from workers.photos.quads import CARD, NO_QUADS, SHORT, TRIED, distinct, features_of, score_of
from workers.photos.stretches import (
    OUTSIDE,
    OVERRUN,
    Crossings,
    Stretches,
    between_corners,
    beyond_ends,
    crossings_of,
    stretches_of,
)
from workers.photos.support import Running

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]

MOST_STRETCHES = 16_000
BASES = 3_000  # stretches that are tried as the side between two others
LEVEL = 1e-3  # how firmly both ends of a base are taken for equally far where its neighbours do not tell
NEAREST = 0.1  # a point at a tenth of the base's distance from the camera is no corner


@dataclass(frozen=True)
class Bases:
    """Rows of lines (base, left, right) with the corners where they meet, and the edge under and beyond the base."""

    lines: Ints
    left: Floats
    right: Floats
    under: Floats
    beyond: Floats


def completed_quads(lines: Lines, edges: Running, shape: tuple[int, int], prior: Prior, count: int) -> Floats:
    """The `count` best outlines of three sides and a reckoned fourth, best first."""
    if lines.angle.size < 3:
        return NO_QUADS
    crossings = crossings_of(lines, shape)
    bases = _bases(crossings, stretches_of(lines, edges, crossings, SHORT * max(shape), MOST_STRETCHES)[0])
    corners = np.stack(list(_predicted(bases, lines, shape)))
    score = np.stack([_score(each, bases, lines, edges, shape, prior) for each in corners])
    corners, score = corners.reshape(-1, 4, 2), score.ravel()
    order = np.argsort(-score)[: TRIED * count]
    return distinct(corners[order[score[order] > -np.inf]].astype(float), count)


def _bases(crossings: Crossings, stretches: Stretches) -> Bases:
    line, pair = np.nonzero(stretches.under)
    worth = stretches.under[line, pair] - OVERRUN * stretches.beyond[line, pair]
    best = np.argsort(-worth)[:BASES]
    line, pair = line[best], pair[best]
    one, two = stretches.pairs[pair].T
    return Bases(
        np.stack([line, one, two], axis=1),
        crossings.where[line, one].astype(float),
        crossings.where[line, two].astype(float),
        stretches.under[line, pair],
        stretches.beyond[line, pair],
    )


def _predicted(bases: Bases, lines: Lines, shape: tuple[int, int]) -> Iterator[Floats]:
    """Corners left, right, and the two beyond: on either side of the base, standing and lying, for each camera."""
    run = bases.right - bases.left
    frame = np.broadcast_to(np.array([shape[1], shape[0]]) / 2, run.shape)
    for side, tall in product((1, -1), (CARD, 1 / CARD)):
        up = side * np.stack([-run[:, 1], run[:, 0]], axis=1)
        middle = (bases.left + bases.right + up * tall) / 2
        for axis, focal in product((frame, middle), FOCAL):
            yield _seen(bases, lines, up, tall, axis, focal * max(shape))


def _seen(bases: Bases, lines: Lines, up: Floats, tall: float, axis: Floats, focal: float) -> Floats:
    """A camera's picture of the rectangle on each base, `tall` times as high as wide."""
    away = _direction(lines, bases.lines[:, 1:], axis, focal)
    away *= np.sign((away[:, :2] * up).sum(axis=1))[:, None]
    left, right = (np.column_stack([(at - axis) / focal, np.ones(len(at))]) for at in (bases.left, bases.right))
    along, other = ((ray * away).sum(axis=1) for ray in (left, right))
    right *= ((along * other + LEVEL) / (other * other + LEVEL))[:, None]  # the base is square to what leaves it
    far = away * (tall * np.linalg.norm(right - left, axis=1))[:, None]
    beyond = (axis + focal * end[:, :2] / np.maximum(end[:, 2:], NEAREST) for end in (right + far, left + far))
    return np.stack([bases.left, bases.right, *beyond], axis=1)


def _direction(lines: Lines, pairs: Ints, axis: Floats, focal: float) -> Floats:
    """The direction in space of two lines that are parallel there: where they meet in the picture."""
    one, two = (
        np.column_stack([cos, sin, (cos * axis[:, 0] + sin * axis[:, 1] - distance) / focal])
        for cos, sin, distance in (
            (np.cos(lines.angle[each]), np.sin(lines.angle[each]), lines.distance[each]) for each in pairs.T
        )
    )
    meet = np.cross(one, two)
    direction: Floats = meet / np.maximum(np.linalg.norm(meet, axis=1), 1e-9)[:, None]
    return direction


def _score(corners: Floats, bases: Bases, lines: Lines, edges: Running, shape: tuple[int, int], prior: Prior) -> Floats:
    """What the three sides are worth; the fourth counts as one without an edge."""
    under, beyond, lighter = np.zeros((3, len(corners), 4))
    under[:, 0], beyond[:, 0] = bases.under, bases.beyond
    for side, ends in ((1, [1, 2]), (2, [0, 3])):
        line = bases.lines[:, side]
        cos, sin = np.cos(lines.angle[line])[:, None], np.sin(lines.angle[line])[:, None]
        along = corners[:, ends, 1] * cos - corners[:, ends, 0] * sin
        low, high = along.min(axis=1), along.max(axis=1)
        under[:, side], beyond[:, side] = between_corners(edges, line, low, high), beyond_ends(edges, line, low, high)
    slack = OUTSIDE * max(shape)
    inside = ((corners > -slack) & (corners < np.array([shape[1], shape[0]]) + slack)).all(axis=(1, 2))
    return np.where(inside, score_of(features_of(corners, under, beyond, lighter, shape), prior), -np.inf)
