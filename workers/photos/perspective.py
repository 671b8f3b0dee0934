"""Whether a quadrilateral can be a rectangle seen by a camera, and of which proportion."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

FOCAL = (0.75, 1.0)  # focal length by the picture's long side: phones, and a little zoom


def rectangle_seen(corners: Floats, shape: tuple[int, int], aspect: float) -> tuple[Floats, Floats]:
    """Of each outline (n, 4, 2): how far from square its corners are in radians, and the log of its proportion by
    `aspect`, either way round; of the cameras that are tried, the one that explains it best.

    The middle of the picture is tried as the camera's axis, and the middle of the outline, for pictures cut from
    larger ones.
    """
    frame = np.broadcast_to(np.array([shape[1], shape[0]]) / 2, (len(corners), 2))
    seen = [
        _seen(corners - axis[:, None], focal * max(shape), aspect)
        for axis in (frame, corners.mean(axis=1))
        for focal in FOCAL
    ]
    askew, odd = (np.stack(each) for each in zip(*seen, strict=True))
    best = (askew + odd).argmin(axis=0), np.arange(len(corners))
    return askew[best], odd[best]


def _seen(corners: Floats, focal: float, aspect: float) -> tuple[Floats, Floats]:
    along, down = _directions(corners / focal)
    cos = (along * down).sum(axis=1) / np.maximum(_length(along) * _length(down), 1e-9)
    ratio = np.log(np.maximum(_length(along), 1e-9) / np.maximum(_length(down), 1e-9))
    askew: Floats = np.abs(np.arcsin(np.clip(cos, -1, 1)))
    return askew, np.abs(np.abs(ratio) - np.log(aspect))


def _directions(corners: Floats) -> tuple[Floats, Floats]:
    """The two sides of the unit square in space, as a map from it to the corners has them (Heckbert 1989)."""
    a, b, c, d = (corners[:, k] for k in range(4))
    odd, one, two = a - b + c - d, b - c, d - c
    det = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    det = np.where(np.abs(det) < 1e-12, 1e-12, det)
    g = (odd[:, 0] * two[:, 1] - odd[:, 1] * two[:, 0]) / det
    h = (one[:, 0] * odd[:, 1] - one[:, 1] * odd[:, 0]) / det
    along = np.column_stack([b - a + g[:, None] * b, g])
    down = np.column_stack([d - a + h[:, None] * d, h])
    return along, down


def _length(vectors: Floats) -> Floats:
    length: Floats = np.linalg.norm(vectors, axis=1)
    return length
