"""Moves the sides of rough outlines onto the edges under them, to a fraction of a pixel; many outlines at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos import opencv
from workers.photos.edges import ALL_CHANNELS, Array, weighted_lab

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

INLIER = 1.2  # px
LEAST_INLIERS = 0.3  # below this the rough side is the better guess
FROM, TO = 0.08, 0.92  # rounded corners are no part of a side
SETTLED = 4  # times the reach: a corner that moved farther was no corner


@dataclass(frozen=True)
class Refined:
    """Corners (outline, corner, 2) in pixels; `inliers` the share of each side's profiles that lie on its line."""

    corners: Floats
    inliers: Floats


def refine(picture: Array, corners: Floats, reach: int, profiles: int) -> Refined:
    """The same outlines (n, 4, 2) with every side fitted to the strongest edge within `reach`.

    `picture` holds RGB values 0 to 255. Side k runs from corner k-1 to corner k.
    """
    start, end = np.roll(corners, 1, axis=1).reshape(-1, 2), corners.reshape(-1, 2)
    run = end - start
    length = np.maximum(np.linalg.norm(run, axis=1), 1e-6)
    along = run / length[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    places = np.linspace(FROM, TO, profiles)
    offsets = _peaks(_profiles(picture, start, run, across, places, reach), reach)
    at_start, at_end, share = _consensus(places, offsets)
    lines = _through(start + across * at_start[:, None], end + across * at_end[:, None]).reshape(-1, 4, 3)
    return _settled(_meet(lines), corners, share.reshape(-1, 4), SETTLED * reach)


def _profiles(picture: Array, start: Floats, run: Floats, across: Floats, places: Floats, reach: int) -> Array:
    """Lab values on short lines across each side: (side, profile, offset, channel)."""
    offsets = np.arange(-reach - 2, reach + 3)
    at = start[:, None, None] + places[:, None, None] * run[:, None, None] + offsets[:, None] * across[:, None, None]
    rows = at.reshape(-1, at.shape[2], 2).astype(np.float32)
    seen = opencv.remap(picture, rows[..., 0], rows[..., 1], opencv.LINEAR, borderMode=opencv.NEAREST_EDGE)
    profiles: Array = weighted_lab(seen).reshape(*at.shape[:3], 3)
    return profiles


def _peaks(profiles: Array, reach: int) -> Array:
    """Where each profile changes most, to a fraction of a pixel; nearer the rough side wins a tie."""
    smooth = _smoothed(profiles)
    slope = smooth[:, :, 2:] - smooth[:, :, :-2]
    across = slope[:, :, 1:-1]
    change = np.sqrt(opencv.mix((across * across).reshape(-1, 1, 3), ALL_CHANNELS)).reshape(across.shape[:3])
    offsets = np.arange(-reach, reach + 1, dtype=np.float32)
    weighed = change * (1 - np.float32(0.4) * (np.abs(offsets) / reach) ** 2)
    best = np.clip(weighed.argmax(axis=2), 1, offsets.size - 2)[..., None]
    low, mid, high = (np.take_along_axis(change, best + step, axis=2)[..., 0] for step in (-1, 0, 1))
    bend = low - 2 * mid + high
    part = np.where(np.abs(bend) > 1e-6, 0.5 * (low - high) / np.where(bend == 0, 1, bend), 0)
    peaks: Array = offsets[best[..., 0]] + np.clip(part, -0.5, 0.5)
    return peaks


def _smoothed(profiles: Array) -> Array:
    """Along the side more than across it."""
    sides, count, width, channels = profiles.shape
    across = opencv.filter_apart(
        profiles.reshape(sides * count, width, channels), -1, _bell(1.0), _bell(0), borderType=opencv.NEAREST_EDGE
    )
    columns = np.ascontiguousarray(across.reshape(sides, count, -1).transpose(1, 0, 2)).reshape(count, -1)
    along = opencv.filter_apart(columns, -1, _bell(0), _bell(1.5), borderType=opencv.NEAREST_EDGE)
    smooth: Array = along.reshape(count, sides, -1).transpose(1, 0, 2).reshape(profiles.shape)
    return smooth


def _bell(sigma: float) -> Array:
    """The weights of a Gaussian; of none, the value itself."""
    reach = int(np.ceil(3 * sigma))
    weights: Array = np.exp(-0.5 * (np.arange(-reach, reach + 1, dtype=np.float32) / max(sigma, 1e-6)) ** 2)
    total: Array = weights / weights.sum()
    return total


def _consensus(places: Floats, offsets: Array) -> tuple[Floats, Floats, Floats]:
    """Of each side: the offsets at its two ends on which most profiles agree, and their share.

    Every far enough pair of profiles is tried: deterministic, no random sample.
    """
    one, two = np.triu_indices(places.size, places.size // 3)
    slope = (offsets[:, two] - offsets[:, one]) / (places[two] - places[one]).astype(np.float32)
    shift = offsets[:, one] - slope * places[one].astype(np.float32)
    best = _agreeing(places, offsets, slope, shift).argmax(axis=1)[:, None]
    shift, slope = np.take_along_axis(shift, best, 1), np.take_along_axis(slope, best, 1)
    chosen = np.abs(shift + slope * places.astype(np.float32) - offsets) < INLIER
    at_start, at_end = _fitted(places, offsets.astype(float), chosen)
    share = chosen.mean(axis=1)
    poor = share < LEAST_INLIERS
    return np.where(poor, 0, at_start), np.where(poor, 0, at_end), share


def _agreeing(places: Floats, offsets: Array, slope: NDArray[Any], shift: NDArray[Any]) -> NDArray[np.uint8]:
    """How many profiles lie on each line (column) of each side (row): profile by profile, what is near stays near."""
    count, away = np.zeros(slope.shape, np.uint8), np.empty_like(slope)
    for place, offset in zip(places.astype(np.float32), offsets.T[..., None], strict=True):
        np.multiply(slope, place, out=away)
        away += shift - offset
        count += np.abs(away, out=away) < INLIER
    return count


def _fitted(places: Floats, offsets: Floats, chosen: Bools) -> tuple[Floats, Floats]:
    """The least-squares line through the chosen offsets of each side, at places 0 and 1."""
    count = chosen.sum(axis=1)
    middle, level = (chosen * places).sum(axis=1) / count, (chosen * offsets).sum(axis=1) / count
    apart = chosen * (places - middle[:, None])
    slope = (apart * offsets).sum(axis=1) / np.maximum((apart * apart).sum(axis=1), 1e-9)
    return level - slope * middle, level + slope * (1 - middle)


def _through(one: Floats, two: Floats) -> Floats:
    ones = np.ones((len(one), 1))
    lines: Floats = np.cross(np.hstack([one, ones]), np.hstack([two, ones]))
    return lines


def _meet(sides: Floats) -> Floats:
    """Corner k lies where side k meets the next one."""
    points = np.cross(sides, np.roll(sides, -1, axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        corners: Floats = points[..., :2] / points[..., 2:]
    return corners


def _settled(moved: Floats, corners: Floats, inliers: Floats, limit: float) -> Refined:
    with np.errstate(invalid="ignore"):
        keep = np.isfinite(moved).all(axis=(1, 2)) & (np.abs(moved - corners).max(axis=(1, 2)) <= limit)
    return Refined(np.where(keep[:, None, None], moved, corners), inliers)
