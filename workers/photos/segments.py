"""Straight-line candidates of another kind: line segments that grow pixel by pixel, in lightness and both colours.

The Hough transform asks the whole picture and favours what is long and repeated, which chequers are; a segment asks
only its own pixels. What the one misses the other tends to have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import Array
from workers.photos.lines import Lines
from workers.photos.support import Running

Floats = NDArray[np.floating[Any]]
Bytes = NDArray[np.uint8]

KEPT = 72
LOOKED_AT = 400
SHORT = 20.0  # px
PLAIN = 1  # OpenCV's standard refinement
SCALES = (0.6, 0.45, 0.45)  # of lightness and colours: its own 0.8 takes twice the time and finds no more sides
SAME_ANGLE = np.radians(1.5)
SAME_DISTANCE = 1.5
UNDER_ANGLE = np.radians(4)
UNDER_DISTANCE = 3.0
LEVELS = ((2.55, 0.0), (1.5, 128.0), (1.5, 128.0))  # from weighted Lab to a byte


def find_segments(lab: Array) -> Floats:
    """The longest segments of all three channels as rows x1, y1, x2, y2, longest first."""
    found = [
        _of_channel(opencv.to_bytes(np.maximum(opencv.channel(lab, k), -to / by), alpha=by, beta=to), SCALES[k])
        for k, (by, to) in enumerate(LEVELS)
    ]
    segments = np.concatenate(found)
    length = _length(segments)
    order = np.argsort(-length, kind="stable")[:LOOKED_AT]
    return segments[order[length[order] > SHORT]]


def lines_of(segments: Floats, kept: int = KEPT) -> Lines:
    """The lines on which most of the segments' length lies, those that share a line together."""
    angle, distance = _line(segments)
    together = _share_a_line(segments, angle, distance)
    worth = together @ _length(segments)
    chosen: list[int] = []
    taken = np.zeros(len(segments), bool)
    for k in np.argsort(-worth, kind="stable"):
        if not taken[k] and len(chosen) < kept:
            chosen.append(int(k))
            taken |= together[k]
    return Lines(angle[chosen], distance[chosen])


def running_under(segments: Floats, lines: Lines, shape: tuple[int, int]) -> Running:
    """The running sums of the lines over segments that lie on them: edges found without the field of edges."""
    angle, _ = _line(segments)
    cos, sin = np.cos(lines.angle)[:, None], np.sin(lines.angle)[:, None]
    ends = segments.reshape(-1, 2, 2)
    away = cos[..., None] * ends[..., 0] + sin[..., None] * ends[..., 1] - lines.distance[:, None, None]
    turn = np.abs(lines.angle[:, None] - angle)
    line, segment = np.nonzero(
        (np.minimum(turn, np.pi - turn) < UNDER_ANGLE) & (np.abs(away).max(axis=2) < UNDER_DISTANCE)
    )
    reach = int(np.ceil(np.hypot(*shape)))
    place = ends[segment, :, 1] * cos[line] - ends[segment, :, 0] * sin[line]
    low, high = (np.clip(np.rint(f(axis=1)).astype(int) + reach, 0, 2 * reach + 1) for f in (place.min, place.max))
    steps = np.zeros((lines.angle.size, 2 * reach + 2), np.float32)
    np.add.at(steps, (line, low), 1)
    np.add.at(steps, (line, high), -1)
    total = np.zeros((3, *steps.shape), np.float32)
    np.cumsum(np.cumsum(steps, axis=1)[:, :-1] > 0.5, axis=1, out=total[0, :, 1:])
    return Running(total, reach)


def _of_channel(values: Bytes, scale: float) -> Floats:
    lines = opencv.segments(PLAIN, scale).detect(values)[0]
    return np.empty((0, 4)) if lines is None else lines.reshape(-1, 4).astype(float)


def _length(segments: Floats) -> Floats:
    length: Floats = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    return length


def _line(segments: Floats) -> tuple[Floats, Floats]:
    run = segments[:, 2:] - segments[:, :2]
    angle = np.arctan2(run[:, 0], -run[:, 1]) % np.pi
    middle = (segments[:, :2] + segments[:, 2:]) / 2
    return angle, middle[:, 0] * np.cos(angle) + middle[:, 1] * np.sin(angle)


def _share_a_line(segments: Floats, angle: Floats, distance: Floats) -> NDArray[np.bool_]:
    """Whether the middle of one segment (column) lies on the line of the other (row), and they run alike."""
    middle = (segments[:, :2] + segments[:, 2:]) / 2
    away = np.cos(angle)[:, None] * middle[:, 0] + np.sin(angle)[:, None] * middle[:, 1] - distance[:, None]
    turn = np.abs(angle[:, None] - angle)
    near: NDArray[np.bool_] = (np.minimum(turn, np.pi - turn) < SAME_ANGLE) & (np.abs(away) < SAME_DISTANCE)
    return near
