"""The photographs of a case: what lies in each slot, how it was cut out, what was read of it, what lay there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import url_for

from engine import photo_records
from engine.bundles import Bundle
from engine.photo_records import Cut
from engine.tables import Case, Photo
from webapp.desk.asking import LAST, photo_fields
from webapp.desk.attempts import Attempt, Attempts
from webapp.desk.comparing import FIELDS, Compared, Comparison
from webapp.house import reading, say
from webapp.steps import pictures

Text = Literal["none", "coming", "nothing", "read"]


@dataclass(frozen=True)
class Outline:
    """An earlier cut-out of the photograph that counts."""

    at: datetime
    by_hand: bool
    address: str


@dataclass(frozen=True)
class Slot:
    """A photograph with the label of its field. `place` of the step that asks. `by_hand`: who cut it out; None, nobody.

    `text`: none is read of such a photograph, it is still coming, nothing could be read, or it was read.
    """

    label: str
    picture: pictures.Picture
    place: int
    by_hand: bool | None
    text: Text
    compared: list[Compared]
    attempts: list[Attempt]
    outlines: list[Outline]


class Slots:
    """The slots of one case. Sealed records are opened of the photographs that count, of no other."""

    def __init__(self, case: Case, bundle: Bundle, comparison: Comparison) -> None:
        self.case, self.bundle, self.comparison = case, bundle, comparison
        self.attempts, self.asking = Attempts(case, bundle), photo_fields(bundle)

    def all(self) -> list[Slot]:
        """In the order in which the forms ask for them, the cards in the order of their rows."""
        names = list(self.asking)
        held = sorted(pictures.held(self.case.id).items(), key=lambda one: _place(one[0], names))
        cuts = photo_records.cuts(reading(), [photo.id for _name, photo in held])
        return [self._slot(slot, photo, cuts.get(photo.id, [])) for slot, photo in held]

    def _slot(self, slot: str, photo: Photo, cuts: list[Cut]) -> Slot:
        name, colon, row = slot.partition(":")
        asking = self.asking.get(name)
        compared = self.comparison.of(photo.id, slot)
        made = [cut for cut in cuts if cut.blob]
        return Slot(
            label=say(self.bundle, asking.label if asking else slot) + (f" {row}" if colon else ""),
            picture=pictures.picture(photo, "desk.photo"),
            place=asking.place if asking else LAST,
            by_hand=(bool(made) and made[0].by is not None) if photo.crop else None,
            text=_text(name, photo, compared),
            compared=compared,
            attempts=self.attempts.before(photo, asking),
            outlines=[_outline(photo, cut) for cut in made[1:]],
        )


def _outline(photo: Photo, cut: Cut) -> Outline:
    return Outline(cut.at, cut.by is not None, url_for("desk.cut", photo_id=photo.id, run=cut.run))


def _text(name: str, photo: Photo, compared: list[Compared]) -> Text:
    if name not in FIELDS:
        return "none"
    if compared:
        return "read"
    return "coming" if photo.status in ("processing", "reading") else "nothing"


def _place(slot: str, names: list[str]) -> tuple[int, int]:
    name, _colon, row = slot.partition(":")
    return names.index(name) if name in names else len(names), int(row) if row.isdigit() else 0
