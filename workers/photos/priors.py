"""What is known of the thing in the picture before looking: the slot says whether it is a card or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass

from workers.photos import weights


@dataclass(frozen=True)
class Prior:
    """`aspect` is long side by short side; None = any. `search`, `evidence` and `again` weigh what weights.py names.

    Below `least_confidence` a cut-out is not trusted. `margin` is kept around it, as a share of its short side.
    """

    aspect: float | None
    search: tuple[float, ...]
    evidence: tuple[float, ...]
    least_area: float
    crop_size: tuple[int, int] | None
    least_confidence: float
    margin: float
    again: tuple[float, ...] = ()  # without a proportion no side can be reckoned


ID1 = Prior(
    aspect=85.60 / 53.98,  # ISO/IEC 7810
    search=weights.of_card(weights.SEARCH),
    evidence=weights.of_card(weights.EVIDENCE),
    least_area=0.02,
    crop_size=(1012, 638),
    least_confidence=0.85,
    margin=0.006,
    again=tuple(weights.AGAIN.values()),
)
SHEET = Prior(
    aspect=None,
    search=weights.of_sheet(weights.SEARCH),
    evidence=weights.of_sheet(weights.EVIDENCE),
    least_area=0.04,
    crop_size=None,
    least_confidence=0.90,
    margin=0.012,  # paper curls: its sides are not straight
)
PRIORS = {"id1": ID1, "sheet": SHEET}
