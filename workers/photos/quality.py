"""Measures of a photograph that verdicts are made of. Each is a number; the limits stand with the judges."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from workers.photos import opencv
from workers.photos.geometry import side_lengths, square_to, through
from workers.photos.scikit import rgb2lab

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

BLUR_WIDTH = 1012
SMALL_WIDTH = 253
STRIP = (0.015, 0.045)  # how far in and out of a side to look, as shares of the card
SAMPLES, DEPTHS = 48, 4
WHITE = 250  # all three colours at least this: nothing can be read there
ABOVE = 20  # a blob that is not so much brighter than the card is the card's own white
SAME_COLOUR = 8.0  # CIE76: what goes on across the outline in one colour lies on both
SKIN_A, SKIN_B, SKIN_L = (6.0, 30.0), (8.0, 36.0), (30.0, 92.0)  # Lab, from pale to dark, under lamps and daylight


@dataclass(frozen=True)
class Quality:
    """`blur` 0 sharp to 1; `light` median luminance 0 to 1; `width` the card's width in pixels of the upright picture;

    `contrast` the colour difference (CIE76) to the background at the weakest side; None without an outline.
    `glare` the share of the largest white blob that the card itself is not; `covered` the longest part of a side
    across which something of the colour of skin lies.
    """

    blur: float
    light: float
    width: float | None
    contrast: float | None
    glare: float = 0.0
    covered: float = 0.0


def measure(picture: Pixels, crop: Pixels | None, corners: Floats | None) -> Quality:
    """The measures of the crop, or of the whole picture where nothing was found."""
    looked_at = _at_width(crop if crop is not None else picture, BLUR_WIDTH)
    small = opencv.reduced(looked_at, round(max(looked_at.shape) / SMALL_WIDTH))
    sides = None if corners is None else _sides(picture, corners)
    return Quality(
        blur=round(blur_of(opencv.convert(looked_at, opencv.RGB_TO_GREY)), 3),
        light=round(float(np.median(_luminance(small))) / 255, 3),
        width=None if corners is None else round(float(side_lengths(corners)[[0, 2]].mean()), 1),
        contrast=None if sides is None else round(_contrast(*sides), 1),
        glare=0.0 if crop is None else round(glare_of(small), 3),
        covered=0.0 if sides is None else round(_covered(*sides), 3),
    )


def blur_of(grey: Pixels) -> float:
    """How little sharpness there is left to lose (Crété-Roffet 2007, as skimage.measure.blur_effect has it).

    In whole numbers, an eighth of the time; up to 0.6, where a picture is refused, within 0.03 of the original.
    """
    return max(_lost_by_blurring(grey, (11, 1), (1, 0)), _lost_by_blurring(grey, (1, 11), (0, 1)))


def _lost_by_blurring(grey: Pixels, window: tuple[int, int], along: tuple[int, int]) -> float:
    sharp, blurred = (cv2.Sobel(pixels, cv2.CV_16S, *along, ksize=3) for pixels in (grey, cv2.blur(grey, window)))
    for slopes in (sharp, blurred):
        np.abs(slopes, out=slopes)
    all_of_it = cv2.sumElems(sharp)[0]
    np.subtract(sharp, blurred, out=blurred)
    lost = cv2.sumElems(np.maximum(blurred, 0, out=blurred))[0]
    return float(1 - lost / all_of_it) if all_of_it else 1.0


def glare_of(pixels: Pixels) -> float:
    """The largest blob of white on a card that is not white, as a share of the card."""
    white = (pixels[..., 0] >= WHITE) & (pixels[..., 1] >= WHITE) & (pixels[..., 2] >= WHITE)
    if np.median(_luminance(pixels)) > WHITE - ABOVE or not white.any():
        return 0.0
    blobs, count = ndimage.label(white)
    return float(np.bincount(blobs.ravel(), minlength=count + 1)[1:].max() / white.size)


def background_contrast(picture: Pixels, corners: Floats) -> float:
    """The colour difference across the outline at the side where it is least."""
    return _contrast(*_sides(picture, corners))


def _contrast(inside: Floats, outside: Floats) -> float:
    middles = (np.median(strips.reshape(4, -1, 3), axis=1) for strips in (inside, outside))
    a, b = middles
    return float(np.linalg.norm(a - b, axis=1).min())


def _covered(inside: Floats, outside: Floats) -> float:
    """The longest run of a side with one colour of skin within and without, as a share of the side.

    A side that is so from end to end is a card and a desk of that colour.
    """
    a, b = (np.median(strips, axis=2) for strips in (inside, outside))
    hidden = (np.linalg.norm(a - b, axis=2) < SAME_COLOUR) & _is_skin(a) & _is_skin(b)
    return max(_longest_run(side) for side in hidden) / SAMPLES


def _is_skin(lab: Floats) -> NDArray[np.bool_]:
    low, high = np.array([SKIN_L, SKIN_A, SKIN_B]).T
    told: NDArray[np.bool_] = ((lab > low) & (lab < high)).all(axis=-1)
    return told


def _longest_run(told: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], told.astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _sides(picture: Pixels, corners: Floats) -> tuple[Floats, Floats]:
    """Lab colours along the four sides, inside and outside the outline: 4 sides × SAMPLES × DEPTHS."""
    matrix = square_to(corners)
    points = np.concatenate([*_strip_points(1), *_strip_points(-1)])
    inside, outside = _colours(picture, through(matrix, points)).reshape(2, 4, SAMPLES, DEPTHS, 3)
    return inside, outside


def _strip_points(sign: int) -> list[Floats]:
    along = np.linspace(0.1, 0.9, SAMPLES)
    strips = []
    for depth in (0.0, 1.0):
        away = depth + (sign if depth == 0.0 else -sign) * np.linspace(*STRIP, DEPTHS)
        run, off = (grid.ravel() for grid in np.meshgrid(along, away, indexing="ij"))
        strips += [np.stack([run, off], axis=1), np.stack([off, run], axis=1)]
    return strips


def _colours(picture: Pixels, points: Floats) -> Floats:
    height, width = picture.shape[:2]
    x, y = points.round().astype(int).T
    lab: Floats = rgb2lab(picture[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] / 255)
    return lab


def _luminance(pixels: Pixels) -> Floats:
    weighed: Floats = pixels @ np.array([0.299, 0.587, 0.114])
    return weighed


def _at_width(picture: Pixels, long_side: int) -> Pixels:
    height, width = picture.shape[:2]
    scale = min(1.0, long_side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return picture if scale == 1.0 else opencv.resize(picture, size, interpolation=opencv.BY_AREA)
