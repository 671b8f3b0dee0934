"""Cuts the outlined card out of the picture and lays it flat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.geometry import side_lengths
from workers.photos.priors import Prior
from workers.photos.scikit import projective_from

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

SHEET_SIDE = 1200
COARSE = 1.56  # source pixels a crop pixel; more would alias
SOFTENED = 0.4  # of that step
AROUND = 2  # px of the picture kept beyond the outermost corners


def rectify(picture: Pixels, corners: Floats, prior: Prior) -> Pixels:
    """The quadrilateral (top left, top right, bottom right, bottom left) as an upright rectangle."""
    width, height = _target(corners, prior)
    around, placed = _around(picture, corners)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    back = projective_from(target, placed)
    if not back:
        raise ValueError("the corners make no quadrilateral")
    return warped(_without_finest(around, placed, width), back.params, (width, height))


def warped(pixels: Pixels, back: Floats, size: tuple[int, int]) -> Pixels:
    """Each pixel of the result from where `back` leads; what lies beyond the edge is as the edge."""
    way = opencv.LINEAR | opencv.BACKWARDS
    flat: Pixels = opencv.warp(pixels, back, size, flags=way, borderMode=opencv.NEAREST_EDGE)
    return flat


def _target(corners: Floats, prior: Prior) -> tuple[int, int]:
    if prior.crop_size:
        return prior.crop_size
    sides = side_lengths(corners)
    wide, high = float(sides[0] + sides[2]), float(sides[1] + sides[3])
    scale = SHEET_SIDE / max(wide, high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _around(picture: Pixels, corners: Floats) -> tuple[Pixels, Floats]:
    """The part of the picture that holds the corners: the rest need not be looked at."""
    frame = np.array(picture.shape[1::-1])
    low = np.clip(np.floor(corners.min(axis=0)) - AROUND, 0, frame - 1).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)) + AROUND, low + 1, frame).astype(int)
    return picture[low[1] : high[1], low[0] : high[0]], corners - low


def _without_finest(picture: Pixels, corners: Floats, width: int) -> Pixels:
    """The picture without what is finer than a pixel of the crop: the warp only interpolates, and would skip some."""
    sides = side_lengths(corners)
    step = max(float(sides[0]), float(sides[2])) / width
    if step < COARSE:
        return picture
    smooth: Pixels = opencv.blur(picture, (0, 0), SOFTENED * step, borderType=opencv.NEAREST_EDGE)
    return smooth
