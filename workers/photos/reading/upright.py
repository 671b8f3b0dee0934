"""Which way up a picture stands, by its lines of text; and pictures and boxes turned that way."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from workers.photos.reading.model import Box
from workers.photos.reading.ocr import Corners, Engine, Pixels

Floats = NDArray[np.float64]

TALL = 1.5  # a box so much higher than wide holds a line that lies on its side
CLEAR = 0.6  # below this margin the widest lines are read both ways
WIDEST = 3


@dataclass(frozen=True)
class Upright:
    """A picture turned so that its text stands upright, with its text boxes and their strips."""

    picture: Pixels
    boxes: Corners
    strips: list[Pixels]
    turn: int
    margin: float

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.shape[1], self.picture.shape[0]


def stand_up(picture: Pixels, engine: Engine) -> Upright:
    """Turn by the votes of the lines; each weighs as much as it is long."""
    boxes = engine.boxes(picture)
    if not len(boxes):
        return Upright(picture, boxes, [], 0, 0.0)
    on_its_side, axis = _lies(boxes)
    if on_its_side:
        boxes = quarter(boxes, picture.shape[1])
        picture = np.ascontiguousarray(np.rot90(picture))
    strips = [strip(picture, box) for box in boxes]
    on_its_head, margin = _stands(strips, engine)
    if on_its_head:
        boxes = _halved(boxes, picture.shape[1], picture.shape[0])
        picture, strips = _rotated(picture), [_rotated(one) for one in strips]
    return Upright(picture, boxes, strips, 90 * on_its_side + 180 * on_its_head, min(margin, axis))


def quarter(boxes: Corners, width: int) -> Corners:
    """The boxes after a quarter turn to the left, each again from its top left clockwise."""
    turned = np.stack([boxes[..., 1], width - boxes[..., 0]], axis=-1)
    return np.roll(turned, -1, axis=1)


def _halved(boxes: Corners, width: int, height: int) -> Corners:
    return np.roll(np.array([width, height], np.float32) - boxes, -2, axis=1)


def as_box(corners: Corners) -> Box:
    one, two, three, four = ((float(x), float(y)) for x, y in corners)
    return one, two, three, four


def strip(picture: Pixels, corners: Corners) -> Pixels:
    """The text of a box, laid flat."""
    width, height = (max(2, round(float(value))) for value in _sides(corners))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), flat)
    laid = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.uint8)


def _sides(corners: Corners) -> tuple[float, float]:
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))


def _rotated(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _lies(boxes: Corners) -> tuple[bool, float]:
    """Whether the lines run up and down, and by how much of their length."""
    sides = [_sides(box) for box in boxes]
    wide = sum(width for width, height in sides if width >= TALL * height)
    tall = sum(height for width, height in sides if height >= TALL * width)
    return tall > wide, abs(tall - wide) / max(tall + wide, 1.0)


def _stands(strips: list[Pixels], engine: Engine) -> tuple[bool, float]:
    votes = engine.upside_down(strips)
    long = np.array([one.shape[1] if one.shape[1] >= TALL * one.shape[0] else 0.1 for one in strips], float)
    lean = float(np.dot(votes, long) / long.sum())
    if abs(lean) < CLEAR:
        lean = _read_both_ways([strips[k] for k in np.argsort(-long)[:WIDEST]], engine)
    return lean > 0, abs(lean) * min(1.0, float((long > 1).sum()) / WIDEST)


def _read_both_ways(strips: list[Pixels], engine: Engine) -> float:
    """The text that reads with the better score stands upright."""
    upright = [score for _, score in engine.texts(strips)]
    turned = [score for _, score in engine.texts([_rotated(one) for one in strips])]
    return float(np.clip(2 * (np.mean(turned) - np.mean(upright)), -1, 1))
