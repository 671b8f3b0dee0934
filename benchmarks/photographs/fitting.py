"""Fits what the evidence of an outline is worth: a softmax over a photograph's outlines and over "none is right"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.photographs.reliability import Answer
from benchmarks.photographs.samples import Sample
from workers.photos.evidence import confidence_of
from workers.photos.geometry import apart

Floats = NDArray[np.floating[Any]]

PARTS = 4


def fitted(samples: Sequence[Sample], start: Floats, firmness: float) -> Floats:
    """The most likely weights, held to `start` as firmly as so many photographs: they move where evidence moves them.

    Deterministic. Each weight is held in proportion to how much its measurement varies: what is always 1 is free.
    """
    spread = np.concatenate([one.features for one in samples]).std(axis=0) + 1e-3

    def cost(weights: Floats) -> tuple[float, Floats]:
        loss, slope = (sum(each) for each in zip(*[_missed(one, weights) for one in samples], strict=True))
        away = (weights - start) * spread
        return float(loss + firmness * (away @ away)), np.asarray(slope + 2 * firmness * away * spread)

    best: Floats = minimize(cost, start, jac=True, method="L-BFGS-B").x
    return best


def _missed(sample: Sample, weights: Floats) -> tuple[float, Floats]:
    """Minus the log of the share that the right outlines have (or none, where none is right), and its slope."""
    worth = sample.features @ weights
    top = max(float(worth.max()), 0.0)
    each, none = np.exp(worth - top), np.exp(-top)
    share = each / (each.sum() + none)
    if not sample.right.any():
        return -float(np.log(none / (each.sum() + none) + 1e-12)), sample.features.T @ share
    right = np.where(sample.right, each, 0)
    wanted = right / max(float(right.sum()), 1e-300)
    return -float(np.log(right.sum() / (each.sum() + none) + 1e-12)), sample.features.T @ (share - wanted)


def asked_apart(samples: Sequence[Sample], start: Floats, firmness: float) -> list[Answer]:
    """The confidence of each photograph's answer and whether it is right, by weights that were fitted on others."""
    parts, answers = min(PARTS, len(samples)), list[Answer]()
    for part in range(parts if parts > 1 else 0):
        others = [one for at, one in enumerate(samples) if at % parts != part]
        weights = fitted(others, start, firmness)
        answers += [answered(one, weights) for one in samples[part::parts]]
    return answers


def answered(sample: Sample, weights: Floats) -> Answer:
    """The confidence of the best outline, and whether it is right."""
    worth = sample.features @ weights
    best = int(worth.argmax())
    return confidence_of(worth, apart(sample.corners, sample.corners[best])), bool(sample.right[best])
