"""From a picture to what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import median

import numpy as np
from PIL import Image

from workers.photos.reading import bank_card, emblem, ocr, portrait
from workers.photos.reading.documents import document_of
from workers.photos.reading.hidden import hidden_by
from workers.photos.reading.model import Bin, Document, Field, Line, Reading
from workers.photos.reading.ocr import Engine, Pixels
from workers.photos.reading.pieces import Row, rows_of
from workers.photos.reading.second import number_row, second_look
from workers.photos.reading.upright import Upright, as_box, stand_up

LONG_SIDE = 1280
"""An uncut original is read at this size: a card that fills half of it still has letters of 16 pixels."""

PROVEN, UNPROVEN, UNCLEAR = 0.95, 0.5, 0.2
CLEAR = 0.85
ASPECT = 85.60 / 53.98
NUMBERS = {"id_portrait": "id_number", "bank_card": "number"}
"""What is worth a second look."""
PROVEN_BY_IT = frozenset({"id_number", "sex", "birth", "number", "bank", "kind"})


def read(crop: Image.Image, slot: str, today: date, bins: Sequence[Bin] = (), engine: Engine | None = None) -> Reading:
    """The text of a crop (or of an uncut original) and the fields that its slot asks for.

    Which way up it stands is told by its text; boxes are of the picture turned upright.
    """
    engine = engine or ocr.engine()
    picture, scale = _pixels(crop)
    up = stand_up(picture, engine)
    texts = engine.texts(up.strips) if up.strips else []
    lines = [
        Line(text.strip(), score, as_box(box))
        for (text, score), box in zip(texts, up.boxes, strict=True)
        if text.strip()
    ]
    kind, document = slot.partition(":")[0], document_of(lines)
    fields = _fields(lines, up, kind, today, bins)
    if kind in NUMBERS and document in (kind, "other"):
        again = (_fields(other, up, kind, today, bins) for other in second_look(lines, up.picture, kind, engine))
        fields = confirmed(fields, again, NUMBERS[kind])
    reading = Reading(tuple(lines), fields, up.turn, _margin(up.margin, document, lines), document, up.size)
    return replace(reading, hidden=_hidden(reading, up, kind)).scaled(1 / scale)


def _hidden(reading: Reading, up: Upright, kind: str) -> Mapping[str, float]:
    number = reading.fields.get(NUMBERS.get(kind, ""))
    if kind not in NUMBERS or reading.document != kind or (number and number.checked):
        return {}
    row, box = number_row(list(reading.lines), up.picture, kind)
    is_card = abs(up.size[0] / up.size[1] / ASPECT - 1) < 0.02  # elsewhere the standards' place is anywhere
    return hidden_by(up.picture, box) if row or is_card else {}


def _fields(lines: list[Line], up: Upright, kind: str, today: date, bins: Sequence[Bin]) -> dict[str, Field]:
    return fields_of(kind, rows_of(lines), up.size, today, bins)


def confirmed(first: dict[str, Field], again: Iterable[dict[str, Field]], name: str) -> dict[str, Field]:
    """The fields whose number was read twice alike and holds; else the first ones, with nothing proven.

    One misread card number in ten holds by chance; that two looks misread it alike and it holds was not seen yet.
    """
    looks = [first]
    for look in again:
        number = look.get(name)
        if number and number.checked:
            alike = next((one for one in looks if name in one and one[name].value == number.value), None)
            if alike is not None:
                return alike
        looks.append(look)
    return {
        key: replace(field, checked=False, sure=False) if _by(key, field) else field for key, field in first.items()
    }


def _by(key: str, field: Field) -> bool:
    """Whether what proves the field is the number."""
    return field.checked and key in PROVEN_BY_IT


def _margin(voted: float, document: Document, lines: list[Line]) -> float:
    """A card's own words are read one way only; lines that hardly read, or say nothing, prove little."""
    if lines and median(line.score for line in lines) < CLEAR:
        return min(voted, UNCLEAR)
    return max(voted, PROVEN) if document not in ("other", "none") else min(voted, UNPROVEN)


def fields_of(
    slot: str, rows: list[Row], size: tuple[int, int], today: date, bins: Sequence[Bin] = ()
) -> dict[str, Field]:
    """The fields of a slot in rows of text; a slot without fields has none."""
    match slot.partition(":")[0]:
        case "id_portrait":
            return portrait.fields_of(rows, size, today)
        case "id_emblem":
            return emblem.fields_of(rows, today)
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
