"""Cards of other designs than the specimens': what has lines and edges of its own, near the card's edge and inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from workers.specimens.fonts import font
from workers.specimens.papers import SIZE

Random = np.random.Generator
Colour = tuple[int, ...]
WIDTH, HEIGHT = SIZE
NEAREST, FARTHEST = 0.015, 0.09  # of the card's width: how far from its edge a frame or bar may run


def card(design: str, source: Random) -> Image.Image:
    """One card of the design, lying flat."""
    base = tone(source)
    drawn = Image.fromarray(_plastic(base, source))
    DESIGNS[design](drawn, source, base)
    return drawn


def tone(source: Random) -> Colour:
    """Any colour, light ones as often as all others."""
    if source.random() < 0.5:
        return tuple((source.integers(195, 252) + source.integers(-9, 4, 3)).tolist())
    return tuple(source.integers(20, 225, 3).tolist())


def _other(source: Random, than: Colour, least: int = 35) -> Colour:
    """A colour that can be told from the first."""
    while True:
        found = tone(source)
        if max(abs(a - b) for a, b in zip(found, than, strict=True)) >= least:
            return found


def _plastic(base: Colour, source: Random) -> NDArray[np.uint8]:
    """Not quite even, with waves of fine print on it."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = sum(np.sin(x * a + y * b) for a, b in source.uniform(0.005, 0.07, (3, 2)))
    slope = (x / WIDTH - 0.5) * source.uniform(-25, 25)
    return np.clip(np.array(base) + (2.5 * waves + slope)[..., None], 0, 255).astype(np.uint8)


def _ink(base: Colour) -> Colour:
    return (245, 243, 236) if sum(base) < 330 else (30, 30, 38)


def _text(drawn: Image.Image, source: Random, base: Colour, left: float = 0.08) -> None:
    pen = ImageDraw.Draw(drawn)
    for row in range(source.integers(2, 6)):
        size = int(source.integers(24, 60))
        words = "样本 SPECIMEN " + " ".join(str(n) for n in source.integers(1000, 9999, source.integers(1, 4)))
        pen.text((left * WIDTH, (0.16 + 0.15 * row) * HEIGHT), words, font=font(size), fill=_ink(base))


def _box(inset: float) -> tuple[float, float, float, float]:
    return inset, inset, WIDTH - 1 - inset, HEIGHT - 1 - inset


def _framed(drawn: Image.Image, source: Random, base: Colour) -> None:
    """A line all around, or two."""
    inset, width = source.uniform(NEAREST, FARTHEST) * WIDTH, int(source.integers(2, 14))
    for more in (0, 2.5 * width)[: source.integers(1, 3)]:
        radius = float(source.choice([0, 20]))
        ImageDraw.Draw(drawn).rounded_rectangle(
            _box(inset + more), radius, outline=_other(source, base, 60), width=width
        )
    _text(drawn, source, base, 0.16)


def _panelled(drawn: Image.Image, source: Random, base: Colour) -> None:
    """A field of another colour with a rim around it."""
    inner, inset = _other(source, base), source.uniform(NEAREST, FARTHEST) * WIDTH
    ImageDraw.Draw(drawn).rounded_rectangle(_box(inset), float(source.choice([0, 24])), fill=inner)
    _text(drawn, source, inner, 0.16)


def _barred(drawn: Image.Image, source: Random, base: Colour) -> None:
    """Bars along one side or two, at the edge or a little away from it."""
    pen = ImageDraw.Draw(drawn)
    _text(drawn, source, base)
    for side in source.permutation(4)[: source.integers(1, 3)].tolist():
        away = source.choice([0.0, source.uniform(NEAREST, FARTHEST)]) * WIDTH
        thick = source.uniform(0.01, 0.1) * WIDTH
        near, far = away, away + thick
        boxes = [
            (0, near, WIDTH, far), (0, HEIGHT - far, WIDTH, HEIGHT - near),
            (near, 0, far, HEIGHT), (WIDTH - far, 0, WIDTH - near, HEIGHT),
        ]  # fmt: skip
        pen.rectangle(boxes[side], fill=_other(source, base))


def _striped(drawn: Image.Image, source: Random, base: Colour) -> None:
    """The back of a bank card: a magnetic stripe, and a field to sign on."""
    pen, top = ImageDraw.Draw(drawn), source.uniform(0.03, 0.14) * HEIGHT
    pen.rectangle((0, top, WIDTH, top + source.uniform(0.17, 0.26) * HEIGHT), fill=(24, 22, 24))
    pen.rectangle((60, 300, 60 + source.uniform(450, 750), 380), fill=(238, 238, 232))
    pen.text((60, 470), "SPECIMEN 样本 4008 000 000", font=font(30), fill=_ink(base))


def _portrait_left(drawn: Image.Image, source: Random, base: Colour) -> None:
    left, top = source.uniform(0.02, 0.1, 2) * WIDTH
    pen, right, bottom = ImageDraw.Draw(drawn), left + 260, min(top + 340, HEIGHT - 20)
    pen.rectangle((left, top, right, bottom), fill=_other(source, base))
    pen.ellipse((left + 70, top + 60, left + 190, top + 200), fill=(212, 172, 146))
    pen.pieslice((left + 20, bottom - 120, right - 20, bottom + 120), 180, 360, fill=(52, 62, 92))
    _text(drawn, source, base, 0.42)


def _bare(drawn: Image.Image, source: Random, base: Colour) -> None:
    """No text: contacts and a mark."""
    pen = ImageDraw.Draw(drawn)
    pen.rounded_rectangle((90, 220, 215, 315), 14, fill=(210, 188, 120), outline=(140, 120, 60), width=3)
    pen.ellipse((770, 440, 930, 600), fill=_other(source, base))


def _dark(drawn: Image.Image, source: Random, base: Colour) -> None:
    shade = tuple(source.integers(8, 60, 3).tolist())
    drawn.paste(shade, _whole())
    _text(drawn, source, shade)
    _bare(drawn, source, shade)


def _pictured(drawn: Image.Image, source: Random, base: Colour) -> None:
    """A picture from edge to edge: areas of colour with soft and hard edges."""
    small = source.integers(10, 245, (5, 8, 3)).astype(np.uint8)
    drawn.paste(Image.fromarray(cv2.resize(small, SIZE, interpolation=cv2.INTER_CUBIC)), (0, 0))
    pen = ImageDraw.Draw(drawn)
    for _ in range(source.integers(2, 6)):
        corners = (source.uniform(-0.1, 1.1, (3, 2)) * SIZE).ravel().tolist()
        pen.polygon(corners, fill=tuple(source.integers(0, 255, 3).tolist()))
    _text(drawn, source, (90, 90, 90))


def _standing(drawn: Image.Image, source: Random, base: Colour) -> None:
    """Printed to be held upright, with a band at one end or both."""
    upright = drawn.rotate(90, expand=True)
    pen = ImageDraw.Draw(upright)
    for top in (0, HEIGHT * 1.4)[: source.integers(1, 3)]:
        pen.rectangle((0, top, HEIGHT, top + source.uniform(0.08, 0.3) * WIDTH), fill=_other(source, base))
    pen.text((50, 480), "样本 SPECIMEN", font=font(52), fill=_ink(base))
    drawn.paste(upright.rotate(-90, expand=True), (0, 0))


def _whole() -> tuple[int, int, int, int]:
    return 0, 0, WIDTH, HEIGHT


Drawing = Callable[[Image.Image, Random, Colour], None]
DESIGNS: Mapping[str, Drawing] = {
    "framed": _framed,
    "panelled": _panelled,
    "barred": _barred,
    "striped": _striped,
    "portrait left": _portrait_left,
    "bare": _bare,
    "dark": _dark,
    "pictured": _pictured,
    "standing": _standing,
}
