"""The flattening: OpenCV's warp, which is forty times faster, beside scikit-image's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from skimage import transform

from tests.unit.specimens import PERSON
from workers.photos.geometry import in_reading_order
from workers.photos.priors import ID1
from workers.photos.rectify import rectify, warped
from workers.photos.scikit import projective_from
from workers.specimens.desk import shoot
from workers.specimens.papers import RADIUS, emblem_side

SIZE = (506, 319)


def both(shift: float) -> tuple[np.ndarray, np.ndarray]:
    taken = shoot(emblem_side(PERSON.issuer, PERSON.valid), 21, radius=RADIUS, turn=20, fill=0.5)
    pixels = np.asarray(taken.picture)
    target = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])], float)
    back = projective_from(target, in_reading_order(taken.corners)).params
    engine: Any = transform.warp
    flat = engine(pixels, back, output_shape=SIZE[::-1], order=1, mode="edge", preserve_range=True)
    return warped(pixels, back @ np.array([(1, 0, shift), (0, 1, 0), (0, 0, 1.0)]), SIZE).astype(float), flat


def test_both_libraries_lay_a_card_flat_alike() -> None:
    ours, theirs = both(shift=0)
    assert np.abs(ours - theirs).mean() < 0.6  # OpenCV counts in 32nds of a pixel
    assert np.percentile(np.abs(ours - theirs), 99) < 4


def test_a_pixel_beside_would_be_told() -> None:
    """The control of the test above."""
    ours, theirs = both(shift=1)
    assert np.abs(ours - theirs).mean() > 1.2


@pytest.mark.parametrize("beyond", [0.0, -40.0])
def test_corners_at_the_frame_and_outside_it_are_laid_flat_too(beyond: float) -> None:
    picture = np.full((300, 400, 3), (10, 120, 200), np.uint8)
    corners = np.array([(beyond, beyond), (400 - beyond, 0), (400, 300), (0, 300 - beyond)], float)
    flat = rectify(picture, corners, ID1)
    assert flat.shape == (638, 1012, 3)
    assert (flat == (10, 120, 200)).all()
