"""What is read in the photographs, as the workers read it: looked at, cut out, read, judged."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Any

import numpy as np

from benchmarks.photographs.costs import peak
from benchmarks.photographs.finders import SHEETS, SLOTS
from benchmarks.photographs.polygons import iou
from benchmarks.photographs.rows import Row
from benchmarks.photographs.scores import RIGHT, is_upright
from benchmarks.photographs.truth import CARDS, CUT_OFF, Photograph
from workers.photos.pipeline import process
from workers.photos.recognise import Asked, recognise

TODAY = date(2026, 11, 29)
NAMES = {
    "id_front": {name: name for name in ("id_number", "name", "sex", "nation", "birth", "address")},
    "id_back": {"issuer": "issuer", "valid": "validity"},
    "bank_card": {"card_number": "number", "bank": "bank"},
}
"""A field's name in the truth, and ours."""
NUMBERS = ("id_number", "number")
HEAD = f"{'what was read':52} {'product':>9} {'':>9} {'goal':>10}        of"


@dataclass(frozen=True)
class Text:
    """What came of one photograph; `fields` as they are kept. `spent`: CPU seconds of reading and judging again."""

    photograph: Photograph
    record: dict[str, Any]
    fields: dict[str, Any]
    spent: float

    @property
    def refused(self) -> bool:
        return bool(self.record["action"] == "refuse")

    def said(self) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
        """Our name, the truth and what was read, for each field that the card has."""
        for name, ours in NAMES.get(self.photograph.kind, {}).items():
            if name in self.photograph.fields:
                yield ours, str(self.photograph.fields[name]), self.fields.get(ours)

    @property
    def is_right_way_up(self) -> bool | None:
        """None where the card was not found."""
        truth, told = self.photograph.corners, self.record["corners"]
        if truth is None or told is None:
            return None
        corners = np.array(told) * self.record["full_size"][0] / self.record["size"][0]
        return is_upright(corners, truth) if iou(corners, truth) >= RIGHT else None


def read(photograph: Photograph) -> Text:
    """The whole way of one upload."""
    kind = "sheet" if photograph.kind in SHEETS else "id1"
    done = process(photograph.path.read_bytes(), SLOTS.get(photograph.kind, ""), kind)
    record: dict[str, Any] = dict(done.record)
    if not done.to_read or done.upright is None:
        return Text(photograph, record, {}, 0.0)
    asked = Asked(SLOTS.get(photograph.kind, ""), TODAY, str(photograph.fields.get("id_number", "")))
    before = time.process_time()
    text = recognise(done.upright, done.crop, record, asked)
    spent = time.process_time() - before
    fields: Any = text.reading["fields"]
    return Text(photograph, {**record, **text.record}, fields, spent)


def of_texts(texts: Sequence[Text]) -> Iterator[Row]:
    """The goals, then each field."""
    cards = [one for one in texts if one.photograph.kind in CARDS and one.photograph.fields]
    kept = [one for one in cards if not one.refused]
    yield _exact(kept, "id_number", "ID number exact, of photographs not refused", 97)
    yield _exact(kept, "number", "bank card number exact, of photographs not refused", 97)
    proven = [field for one in cards for field in one.said() if field[0] in NUMBERS and _is(field, "checked")]
    yield _share("numbers that their check proves: wrong", [not _right(field) for field in proven], 0, False)
    sure = [field for one in cards for field in one.said() if _is(field, "sure")]
    yield _share("fields that are filled in: wrong", [not _right(field) for field in sure])
    for name in dict.fromkeys(ours for names in NAMES.values() for ours in names.values()):
        yield _exact(kept, name, f"  {name} exact")
    yield from _of_pictures(texts)
    spent = [one.spent * 1e3 for one in texts if one.spent]
    if len(spent) > 1:
        yield Row("CPU of reading a photograph, median", median(spent), unit="ms", of=str(len(spent)))
        yield Row("CPU of reading a photograph, 95 of 100", quantiles(spent, n=20)[-1], unit="ms")
    yield Row("most memory of the process with the text engine", peak(), unit="MiB")


def _of_pictures(texts: Sequence[Text]) -> Iterator[Row]:
    """What the text changed about the pictures."""
    ways = [one.is_right_way_up for one in texts if one.photograph.kind in CARDS]
    yield _share("located cards: the right way up", [way for way in ways if way is not None], 99.5)
    whole = [one for one in texts if one.photograph.is_whole]
    yield _share("whole cards: another picture asked for", [one.refused for one in whole])
    negatives = [one for one in texts if one.photograph.corners is None]
    yield _share("negatives: cropped", [one.record["action"] == "crop" for one in negatives], 2, False)
    cut_off = [one for one in texts if one.photograph.condition == CUT_OFF]
    yield _share("cut-off cards: cropped", [one.record["action"] == "crop" for one in cut_off], 5, False)


def failures(texts: Sequence[Text]) -> Iterator[str]:
    """Each photograph with a number or a field that was read wrong, and what was said of it."""
    for one in texts:
        wrong = [
            (name, truth, field and field["value"])
            for name, truth, field in one.said()
            if not _right((name, truth, field))
        ]
        if wrong or one.is_right_way_up is False:
            codes = " ".join(f"{verdict['code']}:{verdict['level']}" for verdict in one.record["verdicts"])
            told = "; ".join(f"{name} {truth} read {value}" for name, truth, value in wrong)
            yield f"{one.photograph.path.name}: {one.record['action']} [{codes}] {told}"


Said = tuple[str, str, "dict[str, Any] | None"]


def _right(field: Said) -> bool:
    _, truth, read = field
    return read is not None and read["value"] == truth


def _is(field: Said, what: str) -> bool:
    return field[2] is not None and bool(field[2][what])


def _exact(texts: Sequence[Text], name: str, what: str, goal: float | None = None) -> Row:
    return _share(what, [_right(field) for one in texts for field in one.said() if field[0] == name], goal)


def _share(what: str, told: Sequence[bool], goal: float | None = None, least: bool = True) -> Row:
    share = 100 * sum(told) / len(told) if told else None
    return Row(what, share, goal=goal, least=least, of=str(len(told)))
