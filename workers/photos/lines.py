"""Straight-line candidates: a Hough transform in which an edge pixel votes only for lines along its own edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from workers.photos.edges import EdgeField
from workers.photos.scikit import hough_line_peaks

STEPS = 180  # angles; one degree each
SPREAD = 4  # an edge pixel's own direction is trusted to this many degrees
KEPT = 36
TRIED = 60
SAME_ANGLE = 4
SAME_DISTANCE = 5


@dataclass(frozen=True)
class Lines:
    """Lines x·cos(a) + y·sin(a) = d in pixels of the field."""

    angle: NDArray[np.float64]
    distance: NDArray[np.float64]


def find_lines(field: EdgeField) -> Lines:
    """At most KEPT lines with the most edge along them, near-equal ones merged."""
    votes, angles, distances = _vote(field)
    _, angle, distance = hough_line_peaks(
        votes, angles, distances,
        min_distance=SAME_DISTANCE, min_angle=SAME_ANGLE, threshold=0.08 * votes.max(), num_peaks=KEPT,
    )  # fmt: skip
    return Lines(np.asarray(angle, float), np.asarray(distance, float))


def _vote(field: EdgeField) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    ys, xs = np.nonzero(_ridges(field))
    weight = np.minimum(field.strength[ys, xs], 4.0)
    toward = np.arctan2(field.across_y[ys, xs], field.across_x[ys, xs])
    reach = int(np.ceil(np.hypot(*field.shape)))
    votes = np.zeros(STEPS * (2 * reach + 1))
    nearest = np.round(np.degrees(toward)).astype(int)
    for offset in range(-SPREAD, SPREAD + 1):
        degree = nearest + offset
        radians = np.radians(degree)
        distance = xs * np.cos(radians) + ys * np.sin(radians)
        index, sign = (degree + 90) % 180, np.where(((degree + 90) // 180) % 2 == 0, 1, -1)
        cell = np.round(distance * sign).astype(int) + reach
        votes += np.bincount(cell * STEPS + index, weight, votes.size)
    table = votes.reshape(2 * reach + 1, STEPS)
    angles = np.radians(np.arange(STEPS) - 90.0)
    return ndimage.gaussian_filter1d(table, 0.7, axis=0), angles, np.arange(-reach, reach + 1, dtype=float)


def _ridges(field: EdgeField) -> NDArray[np.bool_]:
    strong = field.strength > max(1.0, float(np.quantile(field.strength, 0.75)))
    return strong & _thin(field)


def _thin(field: EdgeField) -> NDArray[np.bool_]:
    """True where the strength is a maximum across the edge."""
    strength, keep = field.strength, np.zeros(field.shape, bool)
    sector = np.round(np.arctan2(field.across_y, field.across_x) / (np.pi / 4)).astype(int) % 4
    for number, (dx, dy) in enumerate(((1, 0), (1, 1), (0, 1), (-1, 1))):
        ahead = np.roll(strength, (-dy, -dx), (0, 1))
        behind = np.roll(strength, (dy, dx), (0, 1))
        keep |= (sector == number) & (strength >= ahead) & (strength >= behind)
    keep[[0, -1], :] = False
    keep[:, [0, -1]] = False
    return keep
