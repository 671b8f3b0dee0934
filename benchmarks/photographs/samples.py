"""What the finder sees in photographs with known corners: the evidence of each outline, and which of them are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.photographs.finders import SHEETS
from benchmarks.photographs.polygons import iou
from benchmarks.photographs.scores import GOOD
from benchmarks.photographs.truth import Photograph
from workers.photos import intake
from workers.photos.candidates import candidates
from workers.photos.geometry import in_reading_order
from workers.photos.locate import sizes
from workers.photos.looks import Look, look_again, look_at
from workers.photos.priors import PRIORS

Floats = NDArray[np.floating[Any]]
Which = Literal["first", "again"]

UNSURE = 0.95
"""A second look is fitted on photographs of which the first is less sure: a few more than the product asks."""


@dataclass(frozen=True)
class Sample:
    """One photograph: the features of its outlines, a row each, their corners, and whether each is right."""

    features: Floats
    corners: Floats
    right: NDArray[np.bool_]


def samples(photographs: Iterable[Photograph], kind: str, which: Which) -> Iterator[Sample]:
    """Of the photographs of this kind (id1 or sheet), those in which the finder looks so."""
    for one in photographs:
        if (one.kind in SHEETS) == (kind == "sheet"):
            sample = _sample(one, kind, which)
            if sample is not None:
                yield sample


def _sample(photograph: Photograph, kind: str, which: Which) -> Sample | None:
    picture = intake.read(photograph.path.read_bytes()).picture
    larger, small = sizes(np.asarray(picture))
    rough, prior = candidates(small, PRIORS[kind]), PRIORS[kind]
    if not len(rough.quads):
        return None
    look = look_at(larger, rough, prior)
    if which == "again":
        if look.confidence >= UNSURE:
            return None
        look = look_again(larger, rough, look, prior)
    return Sample(look.evidence.features, look.corners, _right(photograph, look, photograph.size[0] / small.shape[1]))


def _right(photograph: Photograph, look: Look, scale: float) -> NDArray[np.bool_]:
    """A card that goes on outside the picture has no right outline, as if none were there."""
    truth = photograph.corners
    if truth is None or not photograph.is_whole:
        return np.zeros(len(look.corners), bool)
    return np.array([iou(in_reading_order(one) * scale, truth) >= GOOD for one in look.corners])
