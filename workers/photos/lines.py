"""Straight-line candidates: a Hough transform in which an edge pixel votes only for lines along its own edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import EdgeField, quantile

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Votes = NDArray[np.float32]

STEPS = 180  # angles; one degree each
SPREAD = 4  # an edge pixel's own direction is trusted to this many degrees
KEPT = 96
CAP = 3.0  # strength of one pixel's vote: print is stronger than the side of a white card on a white desk
LEAST_VOTES, FAINT = 0.06, 0.02  # of the most that a line has
SECTOR, EACH_WAY = 30, 6  # degrees, and lines of each
ACROSS = np.array([(0, 1), (1, 1), (1, 0), (1, -1)])  # the neighbour (row, column) at 0, 45, 90 and 135 degrees
DEGREES = np.arange(-SPREAD, 2 * STEPS + SPREAD + 1) % STEPS  # of the lines that an edge near a direction votes for
COS, SIN = (f(np.radians(DEGREES.astype(np.float32))) for f in (np.cos, np.sin))
SAME_ANGLE = 4
SAME_DISTANCE = 3
ALIKE_ANGLE, ALIKE_DISTANCE = np.radians(1.2), 2.0


@dataclass(frozen=True)
class Lines:
    """Lines x·cos(a) + y·sin(a) = d in pixels of the field."""

    angle: Floats
    distance: Floats


def find_lines(field: EdgeField, kept: int = KEPT) -> Lines:
    """The lines with the most edge along them, near-equal ones merged, a few of each direction in any case.

    So many that chequers leave room for a card, and so spread that the grain of wood does.
    """
    votes, reach = _vote(field)
    rows, columns = np.nonzero(_peaks(votes) & (votes > FAINT * votes.max()))
    worth = votes[rows, columns]
    order = np.argsort(-worth, kind="stable")
    clear = worth[order] > LEAST_VOTES * votes.max()
    ahead = _rank_in(columns[order] // SECTOR)
    chosen = order[((np.arange(order.size) < kept) & clear) | (ahead < EACH_WAY)]
    return Lines(np.radians(columns[chosen].astype(float)), rows[chosen].astype(float) - reach)


def _rank_in(sector: Ints) -> Ints:
    """How many of the same sector come before each."""
    order = np.argsort(sector, kind="stable")
    grouped, rank = sector[order], np.empty(sector.size, np.int64)
    rank[order] = np.arange(sector.size) - np.searchsorted(grouped, grouped)
    return rank


def _vote(field: EdgeField) -> tuple[Votes, int]:
    """Votes by distance (shifted by the reach) and degree."""
    places = _ridges(field)
    weight = np.minimum(field.strength.ravel()[places], CAP).astype(float)
    nearest = np.rint(np.degrees(field.across.ravel()[places])).astype(np.intp)
    reach = int(np.ceil(np.hypot(*field.shape))) + 1
    ys, xs = (each.astype(np.float32) for each in np.divmod(places, field.shape[1]))
    cells = np.concatenate([_cells(xs, ys, nearest + step, reach) for step in range(2 * SPREAD + 1)])
    votes = np.bincount(cells, np.tile(weight, 2 * SPREAD + 1), STEPS * (2 * reach + 1))
    table = votes.reshape(2 * reach + 1, STEPS).astype(np.float32)
    return opencv.blur(table, (1, 5), 0.01, sigmaY=0.7), reach


def _cells(xs: Floats, ys: Floats, degree: Ints, reach: int) -> Ints:
    """Where in the table the lines through some pixels are, each of one direction, as DEGREES has them."""
    distance = np.rint(xs * COS[degree] + ys * SIN[degree]).astype(np.intp)
    return (distance + reach) * STEPS + DEGREES[degree]


def _peaks(votes: Votes) -> NDArray[np.bool_]:
    """Where no near line has more votes; a line at 180 degrees is the one at 0 with its distance the other way."""
    left, right = votes[::-1, -SAME_ANGLE:], votes[::-1, :SAME_ANGLE]
    around = np.hstack([left, votes, right])
    best = opencv.dilate(around, np.ones((2 * SAME_DISTANCE + 1, 2 * SAME_ANGLE + 1), np.uint8))
    peaks: NDArray[np.bool_] = (votes >= best[:, SAME_ANGLE:-SAME_ANGLE]) & (votes > 0)
    return peaks


def _ridges(field: EdgeField) -> Ints:
    """The strong pixels at which the strength is a maximum across the edge, counted row by row."""
    strength, width = field.strength.ravel(), field.shape[1]
    strong = field.strength > max(1.0, quantile(field.strength, 0.75))
    strong[[0, -1]] = strong[:, [0, -1]] = False
    places = np.flatnonzero(strong)
    sector = np.rint(field.across.ravel()[places] * np.float32(4 / np.pi)).astype(np.intp) & 3
    step = (ACROSS @ (width, 1))[sector]
    own = strength[places]
    ridges: Ints = places[(own >= strength[places + step]) & (own >= strength[places - step])]
    return ridges


def together(one: Lines, two: Lines) -> Lines:
    """The lines of both, those of the second that lie on one of the first left out."""
    turn = np.abs(one.angle[:, None] - two.angle)
    wraps = turn > np.pi / 2
    away = np.abs(np.where(wraps, -one.distance[:, None], one.distance[:, None]) - two.distance)
    known = (np.minimum(turn, np.pi - turn) < ALIKE_ANGLE) & (away < ALIKE_DISTANCE)
    new = ~known.any(axis=0)
    return Lines(np.concatenate([one.angle, two.angle[new]]), np.concatenate([one.distance, two.distance[new]]))
