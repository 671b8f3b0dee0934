"""The few functions of OpenCV that the finder stands on where they are many times faster; in one thread.

The library's own types are too loose for ours: each name is what it is called with here.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

cv2.setNumThreads(1)

blur: Any = cv2.GaussianBlur
convert: Any = cv2.cvtColor
mix: Any = cv2.transform
dilate: Any = cv2.dilate
both: Any = cv2.bitwise_and
to_bytes: Any = cv2.convertScaleAbs
channel: Any = cv2.extractChannel
look_up: Any = cv2.LUT
to_polar: Any = cv2.cartToPolar
from_polar: Any = cv2.polarToCart
remap: Any = cv2.remap
resize: Any = cv2.resize
segments: Any = cv2.createLineSegmentDetector
filter_apart: Any = cv2.sepFilter2D
warp: Any = cv2.warpPerspective

RGB_TO_LAB = cv2.COLOR_RGB2LAB
RGB_TO_GREY = cv2.COLOR_RGB2GRAY
BY_AREA = cv2.INTER_AREA
LINEAR = cv2.INTER_LINEAR
BACKWARDS = cv2.WARP_INVERSE_MAP
NEAREST_EDGE = cv2.BORDER_REPLICATE


def reduced(pixels: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """The picture so many times smaller, by whole pixels, which costs a tenth of any other scale."""
    if times < 2 or min(pixels.shape[:2]) < times:
        return pixels
    height, width = pixels.shape[0] // times, pixels.shape[1] // times
    smaller: NDArray[np.uint8] = resize(
        pixels[: height * times, : width * times], (width, height), interpolation=BY_AREA
    )
    return smaller
