"""Photographs with known corners: a folder with `truth.json`, a record for each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CUT_OFF, LOW_CONTRAST = "cutoff", "lowcontrast"
CARDS = ("id_front", "id_back", "bank_card")


@dataclass(frozen=True)
class Photograph:
    """`corners` in pixels of the upright file, the content's top left first and clockwise; None where no card is.

    `fields` are what is printed on it, where the folder tells.
    """

    path: Path
    condition: str
    kind: str
    corners: Floats | None
    size: tuple[int, int]
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.corners is not None and self.condition != CUT_OFF


def photographs(folder: Path, count: int | None = None) -> list[Photograph]:
    """The first `count` of the folder, all without one."""
    records = json.loads((folder / "truth.json").read_text("utf-8"))
    return [_photograph(folder / file, record) for file, record in list(records.items())[:count]]


def _photograph(path: Path, record: dict[str, Any]) -> Photograph:
    corners = record["corners"]
    return Photograph(
        path,
        record["cond"],
        record["kind"],
        None if corners is None else np.array(corners, float),
        (record["width"], record["height"]),
        record.get("fields", {}),
    )
