"""What is known of the thing in the picture before looking: the slot says whether it is a card or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prior:
    """`aspect` is long side by short side; None = any. A heavier `area_weight` prefers the outermost outline.

    Below `least_support` (the weakest side's edge) or `least_inliers` a cut-out is not trusted.
    """

    aspect: float | None
    aspect_weight: float
    area_weight: float
    least_area: float
    crop_size: tuple[int, int] | None
    least_support: float
    least_inliers: float


ID1 = Prior(
    aspect=85.60 / 53.98,  # ISO/IEC 7810
    aspect_weight=0.5,
    area_weight=0.12,
    least_area=0.02,
    crop_size=(1012, 638),
    least_support=0.70,
    least_inliers=0.70,
)
SHEET = Prior(
    aspect=None,
    aspect_weight=0.0,
    area_weight=0.25,
    least_area=0.10,
    crop_size=None,
    least_support=0.85,
    least_inliers=0.80,
)
PRIORS = {"id1": ID1, "sheet": SHEET}
