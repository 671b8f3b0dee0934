"""Two looks at a picture: at outlines whose four sides show, and where none is sure, at those of three as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.candidates import Candidates, reckoned
from workers.photos.crossed import most_crossed
from workers.photos.edges import Array
from workers.photos.evidence import ALIKE, Evidence, confidence_of, weigh
from workers.photos.geometry import apart
from workers.photos.priors import Prior
from workers.photos.refine import refine

Floats = NDArray[np.floating[Any]]

ROUGH, FINE = (12, 24), (5, 36)  # reach in px and profiles of the two passes


@dataclass(frozen=True)
class Look:
    """Fitted outlines in pixels of the picture that was searched, the evidence, what each is worth beside none (0)."""

    corners: Floats
    evidence: Evidence
    worth: Floats

    @property
    def best(self) -> int:
        return int(self.worth.argmax())

    @property
    def confidence(self) -> float:
        return confidence_of(self.worth, apart(self.corners, self.corners[self.best]))


def look_at(larger: Array, rough: Candidates, prior: Prior) -> Look:
    """The outlines that both finders have."""
    corners, inliers = _fitted(larger, rough.quads, rough.shape)
    evidence = weigh(corners, inliers, rough.maps, rough.segments)
    return Look(corners, evidence, evidence.features @ np.array(prior.evidence))


def look_again(larger: Array, rough: Candidates, first: Look, prior: Prior) -> Look:
    """These, and those of which a side was reckoned, by weights of their own."""
    more = reckoned(rough, prior)
    if not len(more):
        return first
    corners, inliers = _fitted(larger, more, rough.shape)
    both = np.concatenate([first.corners, corners])
    evidence = weigh(both, np.concatenate([first.evidence.inliers, inliers]), rough.maps, rough.segments)
    further = _is_new(both, len(first.corners)), most_crossed(rough.light, both)
    features = np.column_stack([evidence.features, *further])
    return Look(both, Evidence(evidence.under, evidence.inliers, features), features @ np.array(prior.again))


def _is_new(corners: Floats, known: int) -> Floats:
    """1 for an outline that is none of the first, `known` ones."""
    return np.array([float(apart(corners[:known], one).min() >= ALIKE) for one in corners])


def _fitted(larger: Array, quads: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """The outlines after both passes, and the shares of agreeing profiles of the last."""
    scale = shape[1] / larger.shape[1]
    once = refine(larger, quads / scale, *ROUGH)
    twice = refine(larger, once.corners, *FINE)
    return twice.corners * scale, twice.inliers
