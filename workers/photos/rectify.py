"""Cuts the outlined card out of the picture and lays it flat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workers.photos import opencv
from workers.photos.geometry import side_lengths
from workers.photos.priors import Prior
from workers.photos.scikit import projective_from

Floats = NDArray[np.float64]

SHEET_SIDE = 1200
SLACK = 1.25  # source pixels a crop pixel; more would alias
AROUND = 2  # px of the picture kept beyond the outermost corners


def rectify(picture: Image.Image, corners: Floats, prior: Prior) -> Image.Image:
    """The quadrilateral (top left, top right, bottom right, bottom left) as an upright rectangle."""
    width, height = _target(corners, prior)
    source, placed = _near_size(*_around(picture, corners), width)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    back = projective_from(target, placed)
    if not back:
        raise ValueError("the corners make no quadrilateral")
    return Image.fromarray(warped(np.asarray(source), back.params, (width, height)))


def warped(pixels: NDArray[np.uint8], back: Floats, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Each pixel of the result from where `back` leads; what lies beyond the edge is as the edge."""
    way = opencv.LINEAR | opencv.BACKWARDS
    flat: NDArray[np.uint8] = opencv.warp(pixels, back, size, flags=way, borderMode=opencv.NEAREST_EDGE)
    return flat


def _target(corners: Floats, prior: Prior) -> tuple[int, int]:
    if prior.crop_size:
        return prior.crop_size
    sides = side_lengths(corners)
    wide, high = float(sides[0] + sides[2]), float(sides[1] + sides[3])
    scale = SHEET_SIDE / max(wide, high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _around(picture: Image.Image, corners: Floats) -> tuple[Image.Image, Floats]:
    """The part of the picture that holds the corners: the rest need not be looked at."""
    frame = np.array(picture.size)
    low = np.clip(np.floor(corners.min(axis=0)) - AROUND, 0, frame - 1).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)) + AROUND, low + 1, frame).astype(int)
    return picture.crop((*low.tolist(), *high.tolist())), corners - low


def _near_size(picture: Image.Image, corners: Floats, width: int) -> tuple[Image.Image, Floats]:
    """The picture shrunk so that the warp, which only interpolates, does not skip pixels."""
    sides = side_lengths(corners)
    scale = min(1.0, SLACK * width / max(float(sides[0]), float(sides[2]), 1.0))
    if scale > 0.8:
        return picture, corners
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BILINEAR), corners * (np.array(size) / picture.size)
