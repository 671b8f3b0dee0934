"""What lies over the place of a number that could not be read: white light, or something of the colour of skin."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from workers.photos.reading.model import Box
from workers.photos.reading.ocr import Pixels

WHITE = 250
SKIN_LOW, SKIN_HIGH = (60, 142, 77), (255, 180, 122)  # Y, Cr, Cb: from pale to dark


def hidden_by(picture: Pixels, box: Box) -> Mapping[str, float]:
    """The share of the box under glare, and the share that is covered, by the codes of the verdicts."""
    (left, top), _, (right, bottom), _ = box
    place = picture[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
    skin = cv2.inRange(cv2.cvtColor(place, cv2.COLOR_BGR2YCrCb), SKIN_LOW, SKIN_HIGH)
    glare = (place.min(axis=2) >= WHITE).mean()
    return {"glare": round(float(glare), 3), "covered": round(float(np.count_nonzero(skin) / skin.size), 3)}
