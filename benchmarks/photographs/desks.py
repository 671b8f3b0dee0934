"""Desks that a card may lie on, most with lines of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from workers.specimens.fonts import font

Random = np.random.Generator
Floats = NDArray[np.float32]
FRAME = (1600, 1200)


def desk(kind: str, source: Random) -> Floats:
    """The desk alone, as wide as the frame, in levels 0 to 255; turned by any angle, for none lies straight."""
    side = int(np.hypot(*FRAME))
    drawn = np.clip(DESKS[kind](source, side), 0, 255).astype(np.uint8)
    spin = cv2.getRotationMatrix2D((side / 2, side / 2), source.uniform(0, 360), 1)
    spin[:, 2] += (np.array(FRAME) - side) / 2
    turned: Floats = cv2.warpAffine(drawn, spin, FRAME, flags=cv2.INTER_LINEAR).astype(np.float32)
    return turned


def _colour(source: Random, low: int = 40, high: int = 220) -> Floats:
    colour: Floats = source.integers(low, high, 3).astype(np.float32)
    return colour


def _clouds(source: Random, side: int, across: float, down: float | None = None) -> Floats:
    """Soft noise of spread 1, so long and so high in px."""
    small = source.standard_normal((max(4, int(side / (down or across))), max(4, int(side / across))))
    soft: Floats = cv2.resize(small.astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    return soft


def _plain(source: Random, side: int) -> Floats:
    return _colour(source) + 4 * _clouds(source, side, 120)[..., None]


def _marble(source: Random, side: int) -> Floats:
    """Thin veins where soft noise crosses nothing."""
    veins = sum(np.exp(-np.abs(_clouds(source, side, size)) * sharp) for size, sharp in ((260, 26), (120, 18)))
    return _colour(source, 170, 245) - (np.float32(source.uniform(20, 70)) * veins)[..., None]


def _plaid(source: Random, side: int) -> Floats:
    place, cloth = np.arange(side), np.zeros((side, side, 3), np.float32) + _colour(source)
    for _ in range(source.integers(2, 5)):
        period, width = source.integers(70, 260), source.integers(6, 60)
        band = ((place + source.integers(0, 200)) % period < width).astype(np.float32)
        cloth += source.uniform(-45, 45, 3).astype(np.float32) * (band[:, None] + band[None])[..., None] / 2
    return cloth


def _planks(source: Random, side: int) -> Floats:
    wide = int(source.integers(90, 330))
    shade = source.uniform(-22, 22, side // wide + 1).astype(np.float32)[np.arange(side) // wide]
    grain = 10 * _clouds(source, side, 400, 5) + shade[:, None]
    gap = (np.arange(side) % wide < 4)[:, None] * np.float32(60)
    return _colour(source, 90, 200) * np.array([1.1, 0.9, 0.7], np.float32) + (grain - gap)[..., None]


def _printed(source: Random, side: int) -> Floats:
    """A page of text with rules and boxes."""
    page = Image.new("RGB", (side, side), tuple(int(v) for v in _colour(source, 225, 250)))
    pen, line = ImageDraw.Draw(page), int(source.integers(26, 60))
    letters = font(int(line * 0.6))
    for top in range(0, side, line):
        pen.text((20, top), "开户 示例 说明 example text 0123 " * 6, font=letters, fill=(60, 60, 64))
    for _ in range(source.integers(1, 5)):
        left, top = source.integers(0, side, 2).tolist()
        pen.rectangle((left, top, left + 700, top + 400), outline=(50, 50, 60), width=3)
    return np.asarray(page, np.float32)


def _stripes(source: Random, side: int) -> Floats:
    wide = int(source.integers(25, 160))
    odd = (np.arange(side) // wide % 2)[:, None, None]
    return np.broadcast_to(np.where(odd, _colour(source), _colour(source)), (side, side, 3)).astype(np.float32)


def _leather(source: Random, side: int) -> Floats:
    grain = sum(part * _clouds(source, side, size) for part, size in ((9, 7), (6, 15), (5, 80)))
    return _colour(source, 25, 140) + np.asarray(grain)[..., None]


def _tiles(source: Random, side: int) -> Floats:
    wide, joint = int(source.integers(140, 420)), int(source.integers(4, 12))
    high = int(wide * source.choice([1.0, 0.5]))
    rows, columns = np.arange(side) // high, np.arange(side) // wide
    shade = source.uniform(-14, 14, (rows[-1] + 1, columns[-1] + 1)).astype(np.float32)[rows[:, None], columns]
    gap = (np.arange(side) % high < joint)[:, None] | (np.arange(side) % wide < joint)
    tiles = _colour(source, 110, 240) + shade[..., None] + 3 * _clouds(source, side, 50)[..., None]
    return tiles - gap[..., None] * np.float32(source.uniform(20, 90))


DESKS: Mapping[str, Callable[[Random, int], Floats]] = {
    "plain": _plain,
    "marble": _marble,
    "plaid": _plaid,
    "planks": _planks,
    "printed": _printed,
    "stripes": _stripes,
    "leather": _leather,
    "tiles": _tiles,
}
