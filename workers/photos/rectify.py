"""Cuts the outlined card out of the picture and lays it flat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workers.photos.geometry import side_lengths
from workers.photos.priors import Prior
from workers.photos.scikit import projective_from, warp

Floats = NDArray[np.float64]

SHEET_SIDE = 1200
SLACK = 1.25  # source pixels a crop pixel; more would alias


def rectify(picture: Image.Image, corners: Floats, prior: Prior) -> Image.Image:
    """The quadrilateral (top left, top right, bottom right, bottom left) as an upright rectangle."""
    width, height = _target(corners, prior)
    source, scale = _near_size(picture, corners, width)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    transform = projective_from(target, corners * scale)
    if not transform:
        raise ValueError("the corners make no quadrilateral")
    flat = warp(np.asarray(source), transform, output_shape=(height, width), order=1, mode="edge", preserve_range=True)
    return Image.fromarray(np.clip(np.rint(flat), 0, 255).astype(np.uint8))


def _target(corners: Floats, prior: Prior) -> tuple[int, int]:
    if prior.crop_size:
        return prior.crop_size
    sides = side_lengths(corners)
    wide, high = float(sides[0] + sides[2]), float(sides[1] + sides[3])
    scale = SHEET_SIDE / max(wide, high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _near_size(picture: Image.Image, corners: Floats, width: int) -> tuple[Image.Image, float]:
    """The picture shrunk so that the warp, which only interpolates, does not skip pixels."""
    sides = side_lengths(corners)
    scale = min(1.0, SLACK * width / max(float(sides[0]), float(sides[2]), 1.0))
    if scale > 0.8:
        return picture, 1.0
    size = (round(picture.width * scale), round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BILINEAR), scale
