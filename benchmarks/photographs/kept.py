"""Samples in a file, so that a fit can be repeated where its photographs are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.photographs.samples import Sample

KINDS = (("features", float), ("corners", float), ("right", bool))


def keep(samples: Sequence[Sample], path: Path) -> None:
    """All rows below each other, with the number of outlines of each photograph."""
    np.savez_compressed(
        path,
        features=np.concatenate([one.features for one in samples]).astype(np.float32),
        corners=np.concatenate([one.corners for one in samples]).astype(np.float32),
        right=np.concatenate([one.right for one in samples]),
        counts=np.array([len(one.right) for one in samples]),
    )


def kept(path: Path) -> list[Sample]:
    """What `keep` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        ends = np.cumsum(stored["counts"])[:-1]
        parts = [np.split(stored[name].astype(kind), ends) for name, kind in KINDS]
    return [Sample(*each) for each in zip(*parts, strict=True)]
