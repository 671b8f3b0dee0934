"""Who is asked for the outline: the product as a worker runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.photographs.truth import Photograph
from workers.photos.geometry import outward
from workers.photos.pipeline import process
from workers.photos.priors import PRIORS

Floats = NDArray[np.float64]

SLOTS = {"id_front": "id_portrait", "id_back": "id_emblem", "bank_card": "bank_card", "signature": "signature"}
SHEETS = ("signature", "document")
"""Kinds of which the shape is not known beforehand: they are looked for without the card's proportion."""


@dataclass(frozen=True)
class Answer:
    """`corners` in pixels of the upright file, the content's top left first; `tight` are those without a margin."""

    corners: Floats | None
    tight: Floats | None
    action: str
    codes: tuple[str, ...] = ()
    confidence: float = 0.0


def product(photograph: Photograph) -> Answer:
    """What the whole pipeline says of the file in its slot."""
    kind = "sheet" if photograph.kind in SHEETS else "id1"
    record: Any = process(photograph.path.read_bytes(), SLOTS.get(photograph.kind, ""), kind).record
    codes = tuple(one["code"] for one in record["verdicts"])
    sure = record.get("located", 0.0)  # of the outline: whether it is the right way up has a row of its own
    if record["corners"] is None:
        return Answer(None, None, record["action"], codes, sure)
    margin = PRIORS[kind].margin
    corners = np.array(record["corners"]) * record["full_size"][0] / record["size"][0]
    return Answer(corners, outward(corners, -margin / (1 + 2 * margin)), record["action"], codes, sure)
