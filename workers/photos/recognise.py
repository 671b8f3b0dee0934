"""From a cut-out and its text to the last word on a photograph: the stages read and decide."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PIL import Image

from workers.photos.geometry import quarter_turn
from workers.photos.intake import as_jpeg
from workers.photos.judge import action_with
from workers.photos.judge_reading import Thought, is_proven, judge_reading
from workers.photos.reading import Bin, Reading, read
from workers.photos.verdicts import Verdict, gravest_first, verdict

SURE_TURN = 0.3
"""Below this margin the lines of text do not overrule how the cut-out was turned before."""


@dataclass(frozen=True)
class Asked:
    """What the text is held against: slot, day, the number of who is signed in (if anybody is), the table of cards."""

    slot: str
    today: date
    id_number: str | None
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """`reading` holds what a person's card says, so it is sealed; `record` is what changes in the open one.

    `crop` is the cut-out turned anew, None where it stays.
    """

    reading: dict[str, object]
    record: dict[str, object]
    crop: bytes | None


def recognise(upright: bytes, crop: bytes | None, record: Mapping[str, Any], asked: Asked) -> Recognised:
    """Read the cut-out; where it is not trusted and nothing in it is proven, the whole picture instead.

    Nothing may be missed beyond a wrong edge, and letters of the cut-out are larger.
    """
    trusted = crop is not None and bool(record["sure"])
    picture, reading, cut = _read(upright, crop, trusted, asked)
    settled = cut and reading.turn_margin >= SURE_TURN
    turned = reading.turn if settled else 0
    verdicts = _judged(reading, _undoubted(record) if settled else record, asked, cut)
    changed = {
        "verdicts": list(verdicts),
        "action": action_with(trusted, verdicts),  # what was refused for its blur may read after all
        "fields": sorted(reading.fields),
        **({"confidence": record.get("located", record["confidence"])} if settled else {}),
        **_turned(record, turned),
    }
    body = {**reading.as_json(), "picture": "crop" if cut else "original", "turned": turned}
    return Recognised(body, changed, as_jpeg(picture.rotate(turned, expand=True), 92) if turned else None)


def _read(upright: bytes, crop: bytes | None, trusted: bool, asked: Asked) -> tuple[Image.Image, Reading, bool]:
    """What was read, its text, and whether it is the cut-out."""
    if crop is not None:
        picture = _opened(crop)
        reading = read(picture, asked.slot, asked.today, asked.bins)
        if trusted or is_proven(reading, asked.slot.partition(":")[0]):
            return picture, reading, True
    picture = _opened(upright)
    return picture, read(picture, asked.slot, asked.today, asked.bins), False


def _judged(reading: Reading, record: Mapping[str, Any], asked: Asked, cut: bool) -> list[Verdict]:
    glare = (record.get("measures") or {}).get("glare", 0.0)
    thought = Thought(record["verdicts"], glare, outlined=record["corners"] is not None, cut=cut)
    said = judge_reading(reading, thought, asked.slot, asked.today)
    number = reading.fields.get("id_number")
    if asked.id_number and number is not None and number.checked and number.value != asked.id_number:
        said.append(verdict("number_mismatch"))
    return gravest_first(said)


def _undoubted(record: Mapping[str, Any]) -> dict[str, Any]:
    """The text has said which way up it is."""
    return {**record, "verdicts": [one for one in record["verdicts"] if one["code"] != "uncertain_turn"]}


def _turned(record: Mapping[str, Any], turned: int) -> dict[str, object]:
    """The corners begin where the text does."""
    corners = list(record["corners"] or [])
    if not turned or len(corners) != 4:
        return {}
    steps = turned // 90
    begun = corners[steps:] + corners[:steps]
    return {"rotation": quarter_turn(begun), "corners": begun}


def _opened(jpeg: bytes) -> Image.Image:
    """One of our own pictures."""
    picture = Image.open(io.BytesIO(jpeg), formats=["JPEG"])
    picture.load()
    return picture
