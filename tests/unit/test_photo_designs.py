"""Photographs of other designs: the same again from the same seed, with corners where the card is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import ImageStat

from benchmarks.draw import main
from benchmarks.photographs.designs import DESIGNS, card
from benchmarks.photographs.desks import DESKS, FRAME, desk
from benchmarks.photographs.drawn import photograph
from benchmarks.photographs.truth import photographs

SEED = 3


@pytest.mark.parametrize("design", DESIGNS)
def test_each_design_has_something_printed_on_it(design: str) -> None:
    drawn = card(design, np.random.default_rng(SEED))
    assert max(ImageStat.Stat(drawn.convert("L")).stddev) > 2


def test_no_two_desks_are_alike() -> None:
    spreads = {kind: desk(kind, np.random.default_rng(SEED)).std().round(3) for kind in ("plain", "tiles", "printed")}
    assert len(set(spreads.values())) == len(spreads) <= len(DESKS)


def test_a_seed_draws_the_same_folder_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main([str(tmp_path / name), "--count", "1", "--seed", str(SEED)]) == 0
    (one,), (two,) = (photographs(tmp_path / name) for name in ("one", "two"))
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.size == FRAME and one.corners is not None
    assert ((one.corners > 0) & (one.corners < FRAME)).all()


def test_the_card_is_where_its_corners_say() -> None:
    drawn = photograph(SEED, 0)
    assert drawn.corners is not None
    middle = drawn.corners.mean(axis=0)
    for near, far in zip(drawn.corners, np.roll(drawn.corners, 1, axis=0), strict=True):
        edge = (near + far) / 2
        steps = [edge + part * (middle - edge) for part in np.linspace(-0.06, 0.06, 9)]
        levels = np.array([drawn.pixels[int(y), int(x)] for x, y in steps], float)
        assert np.abs(np.diff(levels, axis=0)).sum(axis=1).argmax() in (3, 4, 5)
