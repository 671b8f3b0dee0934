"""What was read from a photograph beside what the customer gave, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine import photo_records
from engine.accounts import Person
from engine.bundles import Bundle
from engine.photo_records import Reading
from webapp.desk.asking import forms, photo_fields
from webapp.desk.differences import Mask, Piece, alike, pieces
from webapp.house import reading, vault
from webapp.language import words as _
from webapp.steps import knowing
from webapp.steps.read_values import label

State = Literal["same", "changed", "on_file", "unsure", "unread", "not_asked"]
Given = Mapping[str, Mapping[str, Any]]
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id_portrait": ("name", "sex", "nation", "birth", "address", "id_number"),
    "id_emblem": ("issuer", "validity"),
    "bank_card": ("number", "bank", "kind"),
}
"""What is read of the photograph of a slot, in the order of the paper."""
WORDS = frozenset({"sex", "bank", "kind"})
"""What is kept as a code and said as a word."""
DIFFERENT = frozenset({"changed", "unsure", "on_file"})
MASKS = {"id_number": knowing.MASKS["id_number"], "number": knowing.MASKS["card"]}


@dataclass(frozen=True)
class Typed:
    """The value beside a reading. `fixed`: it is the account's, which nobody could type over."""

    value: str
    fixed: bool = False


@dataclass(frozen=True)
class Compared:
    """One field. Its state: `same`; `changed`, a sure reading that stood in the form was typed over; `unsure`, it
    differs from a reading that was no more than a guess; `on_file`, it differs from the account; `unread`; `not_asked`.

    `masked`: the number is not shown in full. `checked`: its check digit or date rule holds. `place`: where it stands
    on the `picture`, crop | original, as an SVG polygon has its points; empty where nothing was read.
    """

    label: str
    state: State
    read: list[Piece] = field(default_factory=list)
    typed: list[Piece] = field(default_factory=list)
    checked: bool = False
    sure: bool = False
    masked: bool = False
    place: str = ""
    picture: str = ""


class Comparison:
    """The readings of one case's photographs against its answers and its account."""

    def __init__(self, bundle: Bundle, person: Person, given: Given, revealed: bool) -> None:
        self.bundle, self.person, self.given, self.revealed = bundle, person, given, revealed

    def of(self, photo_id: str, slot: str) -> list[Compared]:
        """Every field of the paper that was read or given; nothing where nothing was read."""
        text = photo_records.text_of(reading(), vault(), photo_id)
        names = FIELDS.get(slot.partition(":")[0], ()) if text.fields else ()
        pairs = ((name, text.fields.get(name), self._typed(name, slot)) for name in names)
        return [self._field(name, read, typed, text.picture) for name, read, typed in pairs if read or typed]

    def _field(self, name: str, read: Reading | None, typed: Typed | None, picture: str) -> Compared:
        mask = None if self.revealed else MASKS.get(name)
        one, other = (said(name, found.value) if found else "" for found in (read, typed))
        state = _state(read, typed, alike(one, other))
        left, right = _pieces(one, other, mask, name in WORDS) if state in DIFFERENT else _whole(one, other, mask)
        return Compared(
            label=label(name),
            state=state,
            read=left,
            typed=right,
            checked=read is not None and read.checked,
            sure=read is not None and read.sure,
            masked=mask is not None,
            place=" ".join(f"{x:g},{y:g}" for x, y in read.box) if read else "",
            picture=picture,
        )

    def _typed(self, name: str, slot: str) -> Typed | None:
        kind, _colon, row = slot.partition(":")
        return self._of_row(kind, row, name) if row else self._of_person(kind, name)

    def _of_row(self, kind: str, row: str, name: str) -> Typed | None:
        """A value of the row of the list that the photograph lies in."""
        asking = photo_fields(self.bundle).get(kind)
        rows = self.given.get(asking.step, {}).get(asking.field, {}).get("added", []) if asking else []
        values = [one[name] for one in rows if str(one["row"]) == row and one.get(name)]
        return Typed(str(values[0])) if values else None

    def _of_person(self, kind: str, name: str) -> Typed | None:
        """What was answered in the field that the reading starts (`properties.read`), else the account's value."""
        for part, value in self._answered():
            if part.properties.get("read") == f"{kind}.{name}":
                return Typed(str(value))
        known = knowing.SOURCES.get(f"person.{name}")
        return Typed(known(self.person), fixed=True) if known else None

    def _answered(self) -> Iterator[tuple[Any, Any]]:
        for _place, step, form in forms(self.bundle):
            given = self.given.get(step, {})
            yield from ((part, given[part.key]) for part in form.fields if part.key in given)


def _state(read: Reading | None, typed: Typed | None, same: bool) -> State:
    if read is None:
        return "unread"
    if typed is None:
        return "not_asked"
    if same:
        return "same"
    return "on_file" if typed.fixed else "changed" if read.sure else "unsure"


def _pieces(one: str, other: str, mask: Mask | None, is_word: bool) -> tuple[list[Piece], list[Piece]]:
    """Character by character; of two words that stand for codes the whole."""
    return _whole(one, other, mask, differs=True) if is_word else pieces(one, other, mask)


def _whole(one: str, other: str, mask: Mask | None, differs: bool = False) -> tuple[list[Piece], list[Piece]]:
    hide = mask or str
    return [Piece(hide(one), differs)], [Piece(hide(other), differs)]


def said(name: str, value: str) -> str:
    """A value as a reader reads it: some are kept as codes, or as they are printed."""
    if name == "bank":
        return knowing.bank_name(value)
    words = {"男": _("男"), "女": _("女"), "debit": _("借记卡"), "credit": _("信用卡")}
    return words.get(value, value) if name in WORDS else value
