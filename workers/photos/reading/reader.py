"""From a picture to what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from PIL import Image

from workers.photos.reading import bank_card, emblem, ocr, portrait
from workers.photos.reading.documents import document_of
from workers.photos.reading.model import Bin, Field, Line, Reading
from workers.photos.reading.ocr import Engine, Pixels
from workers.photos.reading.pieces import Row, rows_of
from workers.photos.reading.upright import as_box, stand_up

LONG_SIDE = 1600
"""An uncut original is read at this size: a card that fills half of it still has letters of 20 pixels."""


def read(crop: Image.Image, slot: str, today: date, bins: Sequence[Bin] = (), engine: Engine | None = None) -> Reading:
    """The text of a crop (or of an uncut original) and the fields that its slot asks for.

    Which way up it stands is told by its text; boxes are of the picture turned upright.
    """
    engine = engine or ocr.engine()
    picture, scale = _pixels(crop)
    up = stand_up(picture, engine)
    texts = engine.texts(up.strips) if up.strips else []
    boxes = [as_box(box / scale) for box in up.boxes]
    lines = [Line(text.strip(), score, box) for (text, score), box in zip(texts, boxes, strict=True) if text.strip()]
    size = (round(up.size[0] / scale), round(up.size[1] / scale))
    fields = fields_of(slot, rows_of(lines), size, today, bins)
    return Reading(tuple(lines), fields, up.turn, up.margin, document_of(lines), size)


def fields_of(
    slot: str, rows: list[Row], size: tuple[int, int], today: date, bins: Sequence[Bin] = ()
) -> dict[str, Field]:
    """The fields of a slot in rows of text; a slot without fields has none."""
    match slot.partition(":")[0]:
        case "id_portrait":
            return portrait.fields_of(rows, size, today)
        case "id_emblem":
            return emblem.fields_of(rows)
        case "bank_card":
            return bank_card.fields_of(rows, bins)
    return {}


def warm() -> None:
    """Load the engine and read once, so that the first photograph need not wait for it."""
    ocr.engine()


def _pixels(picture: Image.Image) -> tuple[Pixels, float]:
    """Blue, green, red, and how much smaller than the picture they are."""
    scale = min(1.0, LONG_SIDE / max(picture.size))
    if scale < 1.0:
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), reducing_gap=2.0)
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[..., ::-1]), scale
