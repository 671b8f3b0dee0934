"""Moves each side of a rough outline onto the edge under it, to a fraction of a pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from workers.photos.edges import COLOUR_WEIGHT
from workers.photos.scikit import rgb2lab

Floats = NDArray[np.float64]

PROFILES = 64
REACHES = (12, 5)  # px to both sides of the rough side, one a pass
INLIER = 1.2
LEAST_INLIERS = 0.3  # below this the rough side is the better guess
FROM, TO = 0.08, 0.92  # rounded corners are no part of a side


@dataclass(frozen=True)
class Refined:
    """Corners in pixels of the picture; `inliers` is the share of profiles of each side that lie on its line."""

    corners: Floats
    inliers: Floats


def refine(picture: NDArray[np.uint8], corners: Floats) -> Refined:
    """The same outline with every side fitted to the strongest edge near it."""
    inliers = np.zeros(4)
    for reach in REACHES:
        fits = [_fit_side(picture, corners[k - 1], corners[k], reach) for k in range(4)]
        sides = np.array([line for line, _ in fits])
        inliers = np.array([share for _, share in fits])
        moved = _meet(sides)
        if not np.isfinite(moved).all() or np.abs(moved - corners).max() > 4 * reach:
            break
        corners = moved
    return Refined(corners, inliers)


def _fit_side(picture: NDArray[np.uint8], start: Floats, end: Floats, reach: int) -> tuple[Floats, float]:
    """The fitted side as a homogeneous line, and the share of profiles on it."""
    length = float(np.linalg.norm(end - start))
    along = (end - start) / length
    across = np.array([-along[1], along[0]])
    places = np.linspace(FROM, TO, PROFILES) * length
    offsets = _peaks(_profiles(picture, start, along, across, places, reach), reach)
    slope, shift, share = _consensus(places, offsets)
    if share < LEAST_INLIERS:
        slope, shift = 0.0, 0.0
    one = start + across * shift
    two = start + along * length + across * (shift + slope * length)
    return np.cross(np.append(one, 1.0), np.append(two, 1.0)), share


def _profiles(
    picture: NDArray[np.uint8], start: Floats, along: Floats, across: Floats, places: Floats, reach: int
) -> Floats:
    """Lab values on short lines across the side: (profile, offset, channel)."""
    offsets = np.arange(-reach - 2, reach + 3)
    x = start[0] + places[:, None] * along[0] + offsets * across[0]
    y = start[1] + places[:, None] * along[1] + offsets * across[1]
    channels = [ndimage.map_coordinates(picture[..., c], [y, x], np.float32, order=1, mode="nearest") for c in range(3)]
    lab: Floats = rgb2lab(np.stack(channels, axis=-1) / 255) * np.array([1, COLOUR_WEIGHT, COLOUR_WEIGHT])
    return lab


def _peaks(profiles: Floats, reach: int) -> Floats:
    """Where each profile changes most, to a fraction of a pixel; nearer the rough side wins a tie."""
    smooth = ndimage.gaussian_filter(profiles, (1.5, 1.0, 0))
    change = np.sqrt((np.gradient(smooth, axis=1) ** 2).sum(axis=2))[:, 2:-2]
    offsets = np.arange(-reach, reach + 1)
    weighed = change * (1 - 0.4 * (np.abs(offsets) / reach) ** 2)
    best = np.clip(weighed.argmax(axis=1), 1, offsets.size - 2)
    rows = np.arange(len(best))
    low, mid, high = change[rows, best - 1], change[rows, best], change[rows, best + 1]
    bend = low - 2 * mid + high
    part = np.where(np.abs(bend) > 1e-6, 0.5 * (low - high) / np.where(bend == 0, 1, bend), 0)
    peaks: Floats = offsets[best] + np.clip(part, -0.5, 0.5)
    return peaks


def _consensus(places: Floats, offsets: Floats) -> tuple[float, float, float]:
    """Slope and shift of the line that most profiles agree on (every far enough pair of profiles is tried)."""
    one, two = np.triu_indices(places.size, places.size // 4)
    slope = (offsets[two] - offsets[one]) / (places[two] - places[one])
    shift = offsets[one] - slope * places[one]
    near = np.abs(shift[:, None] + slope[:, None] * places - offsets) < INLIER
    chosen = near[near.sum(axis=1).argmax()]
    design = np.stack([places[chosen], np.ones(int(chosen.sum()))], axis=1)
    (best_slope, best_shift), *_ = np.linalg.lstsq(design, offsets[chosen], rcond=None)
    return float(best_slope), float(best_shift), float(chosen.mean())


def _meet(sides: Floats) -> Floats:
    """Corner k lies where side k (corner k-1 to k) meets the next one."""
    points = np.cross(sides, np.roll(sides, -1, axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        corners: Floats = points[:, :2] / points[:, 2:]
    return corners
