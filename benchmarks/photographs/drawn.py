"""A photograph of a card of some design on some desk: a pinhole camera, a shadow, uneven light, a sensor's grain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks.photographs.designs import DESIGNS, Random, card
from benchmarks.photographs.desks import DESKS, FRAME, desk
from benchmarks.photographs.truth import CUT_OFF
from workers.specimens.papers import RADIUS, SIZE

Floats = NDArray[np.floating]
NEGATIVE = "negative"
RARE = 0.05  # of all photographs have a card that leaves the picture, as many none at all
GAP = 0.02  # of the frame's long side that a whole card keeps from its edge
FINER = 2  # so many times as fine is the card drawn, and averaged


@dataclass(frozen=True)
class Drawn:
    """`condition` is the design, or what is the matter; `corners` None where no card is."""

    pixels: NDArray[np.uint8]
    condition: str
    desk: str
    corners: Floats | None
    quality: int


def photograph(seed: int, number: int) -> Drawn:
    """The same seed and number give the same photograph."""
    source = np.random.default_rng([seed, number])
    design, where = str(source.choice(list(DESIGNS))), str(source.choice(list(DESKS)))
    fate = source.random()
    condition = CUT_OFF if fate < RARE else NEGATIVE if fate < 2 * RARE else design
    scene, corners = desk(where, source), None
    if condition != NEGATIVE:
        corners = _placed(source, whole=condition != CUT_OFF)
        scene = _laid(scene, card(design, source), corners, source)
    return Drawn(_exposed(scene, source), condition, where, corners, int(source.integers(70, 94)))


def _placed(source: Random, whole: bool) -> Floats:
    """Corners of a card seen by a pinhole camera, clockwise from the content's top left."""
    frame, gap = np.array(FRAME), GAP * max(FRAME)
    for tries in count():
        corners = _seen(source, source.uniform(0.35, 0.8) * 0.99**tries)
        low, high = corners.min(axis=0), corners.max(axis=0)
        if whole and (high - low < frame - 2 * gap).all():
            return corners - low + source.uniform(gap, frame - gap - (high - low))
        if not whole and (high - low < frame).all():
            side, share = source.integers(0, 2), source.uniform(0.05, 0.25)
            place = source.uniform(gap, np.maximum(frame - gap - (high - low), gap + 1))
            place[side] = -share * (high - low)[side]
            return corners - low + place
    raise AssertionError("a smaller card always fits")


def _seen(source: Random, share: float) -> Floats:
    """A card so wide in the frame, tilted and turned, straight before the camera."""
    half = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * SIZE / SIZE[0] / 2
    turn = np.radians(90 * source.integers(0, 4) + source.uniform(-16, 16))
    tilt = np.radians(source.uniform(-24, 24, 2))
    space = np.column_stack([half, np.zeros(4)]) @ (_about(2, turn) @ _about(0, tilt[0]) @ _about(1, tilt[1]))
    focal = source.uniform(0.75, 1.05)
    return max(FRAME) * focal * space[:, :2] / (focal / share + space[:, 2:])


def _about(axis: int, angle: float) -> Floats:
    one, two = (other for other in range(3) if other != axis)
    turn = np.eye(3)
    turn[[one, two], [one, two]] = np.cos(angle)
    turn[one, two], turn[two, one] = np.sin(angle), -np.sin(angle)
    return turn


def _laid(scene: Floats, flat: Image.Image, corners: Floats, source: Random) -> Floats:
    """The card on the desk with its shadow."""
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, SIZE[0] - 1, SIZE[1] - 1), RADIUS, fill=255)
    layers = np.dstack([np.asarray(Image.composite(flat, Image.new("RGB", SIZE), mask)), np.asarray(mask)])
    outline = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])], np.float32)
    onto = cv2.getPerspectiveTransform(outline - 0.5, (FINER * corners - 0.5).astype(np.float32))
    large = cv2.warpPerspective(layers, onto, (FINER * FRAME[0], FINER * FRAME[1]))
    seen = cv2.resize(large, FRAME, interpolation=cv2.INTER_AREA).astype(np.float32)
    cover = seen[..., 3:] / 255
    dark = cv2.GaussianBlur(np.roll(cover[..., 0], source.integers(-7, 8, 2), (0, 1)), (0, 0), source.uniform(2, 10))
    shaded = scene * (1 - np.float32(source.uniform(0.05, 0.4)) * dark[..., None])
    return np.asarray(shaded * (1 - cover) + seen[..., :3])


def _exposed(scene: Floats, source: Random) -> NDArray[np.uint8]:
    """Light from one side, a little out of focus, with grain."""
    way, uneven = source.uniform(0, 2 * np.pi), source.uniform(0, 0.35)
    x, y = (np.linspace(-0.5, 0.5, length, dtype=np.float32) * np.float32(uneven) for length in FRAME)
    light = np.float32(source.uniform(0.7, 1.05)) + x * np.float32(np.cos(way)) + (y * np.float32(np.sin(way)))[:, None]
    soft = cv2.GaussianBlur(scene * light[..., None], (0, 0), source.uniform(0.5, 1.6))
    grain = source.standard_normal(soft.shape, np.float32) * np.float32(source.uniform(1, 5))
    return np.clip(soft + grain, 0, 255).astype(np.uint8)
