"""The usual way, as jscanify does it, for comparison: edges, the largest contour, its farthest point in each quarter.

Written from that project's description on the libraries that are here. It knows no doubt: what it finds is cropped.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from scipy import ndimage
from skimage import feature, filters, measure

from benchmarks.photographs.finders import Answer
from benchmarks.photographs.polygons import area
from benchmarks.photographs.truth import Photograph

Floats = NDArray[np.float64]

LONG_SIDE = 1000  # the usual way takes all pixels; fewer cost it nothing but noise
LOW, HIGH = 50 / 255, 200 / 255


def contours(photograph: Photograph) -> Answer:
    """The corners that the largest contour has."""
    with Image.open(photograph.path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("L")
    scale = min(1.0, LONG_SIDE / max(upright.size))
    grey = upright.resize((round(upright.width * scale), round(upright.height * scale)), Image.Resampling.BILINEAR)
    found = outline(np.asarray(grey) / 255)
    corners = None if found is None else found / scale
    return Answer(corners, corners, "review" if corners is None else "crop")


def outline(grey: Floats) -> Floats | None:
    """Top left, top right, bottom right, bottom left as the picture lies; None when a quarter has no point."""
    edges = ndimage.gaussian_filter(feature.canny(grey, 1.0, LOW, HIGH).astype(float), 0.8)
    if not edges.any():
        return None
    rings = [ring[:, ::-1] for ring in measure.find_contours(edges, filters.threshold_otsu(edges))]
    return _corners(max(rings, key=area)) if rings else None


def _corners(ring: Floats) -> Floats | None:
    away = ring - (ring.min(axis=0) + ring.max(axis=0)) / 2
    far, right, low = np.hypot(*away.T), away[:, 0] > 0, away[:, 1] > 0
    quarters = (~right & ~low, right & ~low, right & low, ~right & low)
    if not all(quarter.any() for quarter in quarters):
        return None
    return np.array([ring[np.where(quarter, far, -1).argmax()] for quarter in quarters])
