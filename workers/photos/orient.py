"""Which way up a crop is, as far as a hint without reading can tell; a turn by 0 or 180 degrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

PORTRAIT: Box = (0.66, 0.12, 0.94, 0.64)  # GA 448: the face is right, the text left
EMBLEM: Box = (0.05, 0.07, 0.24, 0.36)
SURE = 1.25  # how much more of the mark one way must show than the other


def rotation_of(crop: Image.Image, slot: str) -> int:
    """180 when the crop of this slot stands on its head, else 0 (also when nothing can be told)."""
    mark = MARKS.get(slot)
    if mark is None:
        return 0
    box, measure = mark
    small = np.asarray(crop.resize((253, 160), Image.Resampling.BILINEAR)).astype(float)
    upright, turned = measure(_cut(small, box)), measure(_cut(small[::-1, ::-1], box))
    return 180 if turned > SURE * upright + 1.0 else 0


def _cut(pixels: Floats, box: Box) -> Floats:
    height, width = pixels.shape[:2]
    return pixels[int(box[1] * height) : int(box[3] * height), int(box[0] * width) : int(box[2] * width)]


def _spread(pixels: Floats) -> float:
    """A face has large areas of light and dark; lines of text on plastic do not."""
    grey = pixels.mean(axis=2)
    blocks = grey[: grey.shape[0] // 8 * 8, : grey.shape[1] // 8 * 8]
    means = blocks.reshape(blocks.shape[0] // 8, 8, -1, 8).mean(axis=(1, 3))
    return float(means.std())


def _redness(pixels: Floats) -> float:
    """How much redder than green the reddest part is."""
    return float(np.percentile(pixels[..., 0] - pixels[..., 1], 80))


MARKS: Mapping[str, tuple[Box, Callable[[Floats], float]]] = {
    "id_portrait": (PORTRAIT, _spread),
    "id_emblem": (EMBLEM, _redness),
}
