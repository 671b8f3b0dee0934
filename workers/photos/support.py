"""How much edge lies under a stretch of a line: a running sum along each line answers for every stretch of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import EdgeField
from workers.photos.lines import Lines

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Bytes = NDArray[np.uint8]

FULL = 2.0  # strength that counts as a whole edge
WAYS = 24  # directions, all around, in which edges are kept apart
ALONG = 26.0  # degrees between an edge and the line that it supports
TOLERANCE = 2  # px across the line
TURN = 180  # an angle in a byte: two degrees each


@dataclass(frozen=True)
class Running:
    """`total[kind, line, reach + s]`: the edge up to place s of a line, counted from the foot of its normal.

    Of three kinds: any edge; edges that get lighter along the normal; edges that get darker.
    """

    total: Floats
    reach: int

    def share(self, line: Ints, low: Floats, high: Floats) -> Floats:
        """The share of each stretch, low < high, that has an edge under it."""
        one, two = self._places(low, high)
        return self._between(0, line, one, two)

    def lightening(self, line: Ints, low: Floats, high: Floats) -> Floats:
        """How much more of each stretch gets lighter along the normal than darker, -1 to 1."""
        one, two = self._places(low, high)
        return self._between(1, line, one, two) - self._between(2, line, one, two)

    def _between(self, kind: int, line: Ints, one: Ints, two: Ints) -> Floats:
        sums, start = self.total[kind].ravel(), line * self.total.shape[2]
        under: Floats = sums.take(start + two)
        under -= sums.take(start + one)
        under /= two - one
        return under

    def _places(self, low: Floats, high: Floats) -> tuple[Ints, Ints]:
        last = self.total.shape[2] - 1
        one, two = (np.rint(end + self.reach).astype(np.int32) for end in (low, high))
        np.clip(one, 0, last - 1, out=one)
        np.minimum(np.maximum(two, one + 1, out=two), last, out=two)
        return one, two


def directed(field: EdgeField) -> Bytes:
    """For each of WAYS directions to the lighter side, the edges that lie so, as wide as the tolerance."""
    edge = np.minimum(field.strength * (255 / FULL), 255).astype(np.uint8)
    angle = (field.across * (TURN / (2 * np.pi))).astype(np.uint8)
    maps = np.empty((WAYS, *edge.shape), np.uint8)
    for way, (mask, across) in enumerate(zip(MASKS, ACROSS, strict=True)):
        opencv.dilate(opencv.both(edge, opencv.look_up(angle, mask)), across, dst=maps[way])
    return maps


def _mask(way: int) -> Bytes:
    apart = np.abs(np.arange(256) - way * TURN / WAYS) % TURN
    return np.where(np.minimum(apart, TURN - apart) < ALONG / 2, 255, 0).astype(np.uint8)


def _across(way: int) -> Bytes:
    """How an edge is spread across itself, so that a line need not hit it to the pixel."""
    angle, kernel = 2 * np.pi * way / WAYS, np.zeros((2 * TOLERANCE + 1,) * 2, np.uint8)
    for step in np.linspace(-TOLERANCE, TOLERANCE, 4 * TOLERANCE + 1):
        kernel[round(step * np.sin(angle)) + TOLERANCE, round(step * np.cos(angle)) + TOLERANCE] = 1
    return kernel


MASKS, ACROSS = ([of(way) for way in range(WAYS)] for of in (_mask, _across))


def running(maps: Bytes, lines: Lines) -> Running:
    """The running sums of all lines over the directed edges."""
    _, height, width = maps.shape
    reach = int(np.ceil(np.hypot(height, width)))
    along = np.arange(-reach, reach + 1, dtype=np.float32)
    cos, sin = (np.asarray(f(lines.angle), np.float32)[:, None] for f in (np.cos, np.sin))
    distance = lines.distance.astype(np.float32)[:, None]
    column = np.rint(distance * cos - along * sin).astype(np.int32)
    row = np.rint(distance * sin + along * cos).astype(np.int32)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    place = np.where(inside, row * width + column, 0)
    way = np.rint(lines.angle * WAYS / (2 * np.pi)).astype(np.int32)[:, None]
    flat = maps.reshape(WAYS, -1)
    up, down = (flat.take((way + half) % WAYS * flat.shape[1] + place) * inside for half in (0, WAYS // 2))
    total = np.zeros((3, len(lines.angle), along.size + 1), np.float32)
    for kind, under in enumerate((np.maximum(up, down), up, down)):
        np.multiply(under, np.float32(1 / 255), out=total[kind, :, 1:])
    return Running(np.cumsum(total, axis=2, out=total), reach)
