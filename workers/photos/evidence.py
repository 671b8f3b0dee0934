"""What speaks for an outline whose sides have been fitted, and how likely it is the right one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.lines import Lines
from workers.photos.perspective import rectangle_seen
from workers.photos.quads import CARD, features_of, inward
from workers.photos.segments import running_under
from workers.photos.stretches import between_corners, beyond_ends
from workers.photos.support import Bytes, running

Floats = NDArray[np.floating[Any]]

INSIDE = 3.0  # px that an outline may reach out of another and still lie in it
ENCLOSES = 1.15  # times the area
ALIKE = 6.0  # px


@dataclass(frozen=True)
class Evidence:
    """One row an outline: the edge under each side, its share of agreeing profiles, and what weights.EVIDENCE names."""

    under: Floats
    inliers: Floats
    features: Floats


def weigh(corners: Floats, inliers: Floats, maps: Bytes, segments: Floats) -> Evidence:
    """The evidence of outlines (n, 4, 2), side k from corner k-1 to corner k, in pixels of the maps."""
    shape = maps.shape[1], maps.shape[2]
    lines, sides = _lines(corners), np.arange(4 * len(corners)).reshape(-1, 4)
    low, high = _ends(lines, corners)
    edges, drawn = running(maps, lines), running_under(segments, lines, shape)
    row = sides.ravel()
    under, beyond, traced = (
        measure(edge, row, low, high).reshape(-1, 4)
        for measure, edge in ((between_corners, edges), (beyond_ends, edges), (between_corners, drawn))
    )
    lighter = edges.lightening(row, low, high).reshape(-1, 4) * inward(lines, corners.astype(np.float32), sides)
    outline = features_of(corners.astype(np.float32), under, beyond, lighter, shape)
    fitted = np.sort(inliers, axis=1)
    good = under.mean(axis=1) * fitted.mean(axis=1)
    askew, odd = rectangle_seen(corners, shape, CARD)
    more = [
        fitted.mean(axis=1), fitted[:, 0], fitted[:, 1], traced.mean(axis=1), traced.min(axis=1),
        _enclosing(corners, good), good * good, askew, odd, np.ones(len(good)),
    ]  # fmt: skip
    return Evidence(under, inliers, np.hstack([outline, np.stack(more, axis=1)]))


def confidence_of(worth: Floats, away: Floats) -> float:
    """How likely the best outline is right, beside all others (those as near as ALIKE px are it) and beside none."""
    top = max(float(worth.max()), 0.0)
    each = np.exp(worth - top)
    return round(float(each[away < ALIKE].sum() / (each.sum() + np.exp(-top))), 3)


def _enclosing(corners: Floats, good: Floats) -> Floats:
    """How good the best outline is that has this one inside it; 0 where none has."""
    start, run = np.roll(corners, 1, axis=1), corners - np.roll(corners, 1, axis=1)
    turn = np.sign(_cross(run, np.roll(run, -1, axis=1)).sum(axis=1))
    length = np.linalg.norm(run, axis=2)
    to = corners[:, None, :, None] - start[None, :, None]  # (inner, outer, corner, side)
    depth = _cross(run[None, :, None], to) * turn[None, :, None, None] / np.maximum(length, 1)[None, :, None]
    inside = (depth.min(axis=(2, 3)) > -INSIDE) & (depth.mean(axis=(2, 3)) > 0)
    larger = _area(corners)[None] > ENCLOSES * _area(corners)[:, None]
    enclosing: Floats = np.where(inside & larger, good[None], 0).max(axis=1)
    return enclosing


def _area(corners: Floats) -> Floats:
    area: Floats = np.abs(_cross(corners, np.roll(corners, -1, axis=1)).sum(axis=1)) / 2
    return area


def _cross(one: Floats, two: Floats) -> Floats:
    product: Floats = one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]
    return product


def _lines(corners: Floats) -> Lines:
    run = (corners - np.roll(corners, 1, axis=1)).reshape(-1, 2)
    angle = np.arctan2(run[:, 0], -run[:, 1]) % np.pi
    on = corners.reshape(-1, 2)
    return Lines(angle, on[:, 0] * np.cos(angle) + on[:, 1] * np.sin(angle))


def _ends(lines: Lines, corners: Floats) -> tuple[Floats, Floats]:
    cos, sin = np.cos(lines.angle), np.sin(lines.angle)
    one, two = (at.reshape(-1, 2) for at in (np.roll(corners, 1, axis=1), corners))
    start, end = (at[:, 1] * cos - at[:, 0] * sin for at in (one, two))
    return np.minimum(start, end), np.maximum(start, end)
