"""The failures as one sheet of small pictures: the true outline green, the answer red."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from benchmarks.photographs.scores import Score

SMALL = (360, 270)
ACROSS = 3
TRUE, ANSWERED, GROUND = (20, 190, 60), (230, 30, 40), (255, 255, 255)
WIDTH, GAP = 3, 6
QUALITY = 72


def sheet(scores: Sequence[Score], file: Path) -> None:
    """Writes the pictures row by row, in the order of the scores; nothing where there are none."""
    if not scores:
        return
    rows = -(-len(scores) // ACROSS)
    size = (ACROSS * (SMALL[0] + GAP) - GAP, rows * (SMALL[1] + GAP) - GAP)
    whole = Image.new("RGB", size, GROUND)
    for place, one in enumerate(scores):
        whole.paste(_drawn(one), ((place % ACROSS) * (SMALL[0] + GAP), (place // ACROSS) * (SMALL[1] + GAP)))
    whole.save(file, "JPEG", quality=QUALITY, optimize=True)


def _drawn(one: Score) -> Image.Image:
    with Image.open(one.photograph.path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    scale = min(SMALL[0] / upright.width, SMALL[1] / upright.height)
    small = upright.resize((round(upright.width * scale), round(upright.height * scale)), Image.Resampling.BOX)
    for corners, colour in ((one.photograph.corners, TRUE), (one.answer.corners, ANSWERED)):
        if corners is not None:
            _outline(small, corners * scale, colour)
    return small


def _outline(picture: Image.Image, corners: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    ring = [tuple(corner) for corner in [*corners, corners[0]]]
    ImageDraw.Draw(picture).line(ring, fill=colour, width=WIDTH, joint="curve")
