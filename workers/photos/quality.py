"""Measures of a photograph that verdicts are made of. Each is a number; the limits are in `verdicts`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from workers.photos.geometry import side_lengths, square_to, through
from workers.photos.scikit import blur_effect, rgb2lab

Floats = NDArray[np.float64]

BLUR_WIDTH = 1012
STRIP = (0.015, 0.045)  # how far in and out of a side to look, as shares of the card
SAMPLES = 48


@dataclass(frozen=True)
class Quality:
    """`blur` 0 sharp to 1; `light` median luminance 0 to 1; `width` the card's width in pixels of the upright picture;

    `contrast` the colour difference (CIE76) to the background at the weakest side, None without an outline.
    """

    blur: float
    light: float
    width: float | None
    contrast: float | None


def measure(picture: Image.Image, crop: Image.Image | None, corners: Floats | None) -> Quality:
    """The measures of the crop, or of the whole picture where nothing was found."""
    looked_at = _at_width(crop if crop is not None else picture)
    grey = np.asarray(looked_at.convert("L"))
    return Quality(
        blur=round(float(blur_effect(grey)), 3),
        light=round(float(np.median(grey)) / 255, 3),
        width=None if corners is None else round(float(side_lengths(corners)[[0, 2]].mean()), 1),
        contrast=None if corners is None else round(background_contrast(picture, corners), 1),
    )


def background_contrast(picture: Image.Image, corners: Floats) -> float:
    """The colour difference across the outline at the side where it is least."""
    pixels = np.asarray(picture)
    matrix = square_to(corners)
    inside, outside = (_strips(pixels, matrix, sign) for sign in (1, -1))
    return float(min(np.linalg.norm(a - b) for a, b in zip(inside, outside, strict=True)))


def _strips(pixels: NDArray[np.uint8], matrix: Floats, sign: int) -> list[Floats]:
    """The median Lab colour of a strip along each side, inside (1) or outside (-1)."""
    return [_colour(pixels, through(matrix, points)) for points in _strip_points(sign)]


def _strip_points(sign: int) -> list[Floats]:
    along = np.linspace(0.1, 0.9, SAMPLES)
    strips = []
    for depth in (0.0, 1.0):
        away = depth + (sign if depth == 0.0 else -sign) * np.linspace(*STRIP, 4)
        run, off = (grid.ravel() for grid in np.meshgrid(along, away))
        strips += [np.stack([run, off], axis=1), np.stack([off, run], axis=1)]
    return strips


def _colour(pixels: NDArray[np.uint8], points: Floats) -> Floats:
    height, width = pixels.shape[:2]
    x, y = np.clip(points[:, 0], 0, width - 1), np.clip(points[:, 1], 0, height - 1)
    seen = [ndimage.map_coordinates(pixels[..., c], [y, x], np.float32, order=1) for c in range(3)]
    lab = rgb2lab(np.stack(seen, axis=-1)[None] / 255)[0]
    median: Floats = np.median(lab, axis=0)
    return median


def _at_width(picture: Image.Image) -> Image.Image:
    scale = min(1.0, BLUR_WIDTH / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture if scale == 1.0 else picture.resize(size, Image.Resampling.BILINEAR)
