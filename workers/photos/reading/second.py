"""A second look at a number that did not prove itself: wider, and sharpened. Only its check can tell that it helped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np

from workers.photos.reading.model import Box, Line
from workers.photos.reading.ocr import Engine, Pixels
from workers.photos.reading.pieces import rows_of
from workers.photos.reading.upright import strip

PLACES = {"id_portrait": (0.30, 0.80, 0.97, 0.94), "bank_card": (0.03, 0.55, 0.97, 0.72)}
"""Where the number stands by the standards, as shares of the card."""
DIGITS = 6


def second_look(lines: list[Line], picture: Pixels, kind: str, engine: Engine) -> Iterator[list[Line]]:
    """The lines again and again, each time with the number's row read another way."""
    if kind not in PLACES:
        return
    row, box = number_row(lines, picture, kind)
    others = [line for line in lines if line not in row]
    pixels = strip(picture, np.array(box, np.float32))
    for way in WAYS:
        text, score = engine.texts([way(pixels)])[0]
        if text.strip():
            yield [*others, Line(text.strip(), score, box)]


def number_row(lines: list[Line], picture: Pixels, kind: str) -> tuple[list[Line], Box]:
    """The row with most digits, and its place with some room around; else the place where the standards have it."""
    height, width = picture.shape[:2]
    left, top, right, bottom = (
        share * side for share, side in zip(PLACES[kind], (width, height, width, height), strict=True)
    )
    rows = [[line for line in row.lines if _digits(line) > len(line.text) / 2] for row in rows_of(lines)]
    row = max(rows, key=lambda one: sum(map(_digits, one)), default=[])
    if sum(map(_digits, row)) >= DIGITS:
        high = max(line.height for line in row)
        top, bottom = min(line.top for line in row) - 0.15 * high, max(line.bottom for line in row) + 0.15 * high
        left, right = min(left, *(line.left - high for line in row)), max(right, *(line.right + high for line in row))
    else:
        row = []
    left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, float(width)), min(bottom, float(height))
    return row, ((left, top), (right, top), (right, bottom), (left, bottom))


def _digits(line: Line) -> int:
    return sum(char.isdigit() for char in line.text)


def _as_it_is(pixels: Pixels) -> Pixels:
    return pixels


def _sharpened(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.addWeighted(pixels, 2.2, cv2.GaussianBlur(pixels, (0, 0), 3), -1.2, 0), np.uint8)


def _evened(pixels: Pixels) -> Pixels:
    """Light and shade taken out."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    even = cv2.createCLAHE(3.0, (2, 8)).apply(grey)
    return np.asarray(cv2.cvtColor(even, cv2.COLOR_GRAY2BGR), np.uint8)


WAYS: tuple[Callable[[Pixels], Pixels], ...] = (_as_it_is, _sharpened, _evened)
