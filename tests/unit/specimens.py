"""One sample person and the agreement of two outlines, for the photo tests."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

import workers.specimens
from workers.specimens import SpecimenPerson
from workers.specimens.numbers import specimen_card_number, specimen_id_number

PERSON = SpecimenPerson(
    name="样小明",
    woman=False,
    born=date(1990, 3, 7),
    address="样本省测试市示例区幸福路8号2栋301室",
    id_number=specimen_id_number(date(1990, 3, 7), 11),
    issuer="测试市公安局样本分局",
    valid="2018.05.06-2038.05.06",
    bank="样本银行",
    card_number=specimen_card_number("620000", 4025648),
)

photograph = cache(workers.specimens.photograph)
"""Drawn once in a process: the same person and slot give the same bytes."""


def overlap(one: object, other: object, size: tuple[int, int]) -> float:
    """Intersection over union of two outlines."""
    a, b = (_filled(np.asarray(corners), size) for corners in (one, other))
    return float((a & b).sum() / (a | b).sum())


def cut_away(crop: object, card: object, size: tuple[int, int]) -> float:
    """The share of the card that the crop leaves out."""
    a, b = (_filled(np.asarray(corners), size) for corners in (crop, card))
    return float((b & ~a).sum() / b.sum())


def _filled(corners: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    canvas = Image.new("1", size)
    ImageDraw.Draw(canvas).polygon([tuple(corner) for corner in corners], fill=1)
    return np.asarray(canvas)
