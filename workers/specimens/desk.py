"""Photographs a paper: on a wooden desk, a little turned and tilted, with a shadow, as a phone would see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from workers.photos.geometry import square_to

Floats = NDArray[np.float64]

FRAME = (1600, 1200)
DESK = (112, 84, 62)


@dataclass(frozen=True)
class Shot:
    """The photograph, and where the paper's corners are in it (top left first, in the paper's own order)."""

    picture: Image.Image
    corners: Floats


def shoot(
    paper: Image.Image,
    seed: int,
    *,
    radius: int = 0,
    fill: float = 0.68,
    turn: int = 0,
    desk: tuple[int, int, int] = DESK,
    blur: float = 0.5,
    light: float = 1.0,
) -> Shot:
    """The paper on a desk. `fill` is its width in the frame, `turn` degrees; the rest is drawn from the seed."""
    source = np.random.default_rng(seed)
    corners = _placed(paper.size, source, fill, turn)
    mask = Image.new("L", paper.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, paper.width - 1, paper.height - 1), radius, fill=255)
    flat = paper.convert("RGBA")
    flat.putalpha(mask)
    laid = flat.transform(
        FRAME, Image.Transform.PERSPECTIVE, _coefficients(paper.size, corners), Image.Resampling.BICUBIC
    )
    scene = _table(source, desk)
    _shade(scene, laid)
    scene.paste(laid, (0, 0), laid)
    return Shot(_exposed(scene.filter(ImageFilter.GaussianBlur(blur)), source, light), corners)


def _placed(size: tuple[int, int], source: np.random.Generator, fill: float, turn: int) -> Floats:
    width = fill * FRAME[0] * (0.7 if turn % 180 else 1.0)
    height = width * size[1] / size[0]
    box = np.array([(-width, -height), (width, -height), (width, height), (-width, height)]) / 2
    angle = np.radians(turn + source.uniform(-7, 7))
    spin = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    tilt = source.uniform(-0.00008, 0.00008, 2)
    points = box @ spin.T
    points = points / (1 + points @ tilt)[:, None]
    middle = np.array(FRAME) / 2 + source.uniform(-0.04, 0.04, 2) * FRAME[1]
    placed: Floats = points + middle
    return placed


def _coefficients(size: tuple[int, int], corners: Floats) -> list[float]:
    """Pillow's eight numbers of the map from the photograph back to the paper."""
    onto = square_to(corners) @ np.diag([1 / size[0], 1 / size[1], 1.0])
    back = np.linalg.inv(onto)
    return [float(value) for value in (back / back[2, 2]).ravel()[:8]]


def _table(source: np.random.Generator, colour: tuple[int, int, int]) -> Image.Image:
    grain = source.normal(size=(FRAME[1] // 4, 12))
    board = Image.fromarray(np.clip(128 + 34 * grain, 0, 255).astype(np.uint8))
    board = board.resize(FRAME, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    dark, bright = (tuple(int(value * part) for value in colour) for part in (0.8, 1.2))
    return Image.composite(Image.new("RGB", FRAME, bright), Image.new("RGB", FRAME, dark), board)


def _shade(scene: Image.Image, laid: Image.Image) -> None:
    soft = laid.getchannel("A").filter(ImageFilter.GaussianBlur(9)).point(lambda value: int(value * 0.45))
    scene.paste((16, 12, 10), (6, 9), soft)


def _exposed(scene: Image.Image, source: np.random.Generator, light: float) -> Image.Image:
    """Uneven light and a sensor's noise."""
    x = np.linspace(-1, 1, FRAME[0])[None, :, None]
    pixels = np.asarray(scene, float) * (1 + source.uniform(-0.08, 0.08) * x) * light
    pixels += source.normal(0, 1.6, (FRAME[1], FRAME[0], 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
