"""A part is made another kind: first it is said what it loses, then it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.editing import Raw
from forms.palette import KINDS, kind_of
from forms.telling import told
from forms.turning import INSIDE, Lost, lost, turned
from webapp.language import words as _
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.english import Reworded
from webapp.studio.forms_editor.texts import texts_of

ASK, DO, KIND = "turn", "turned", "become"
Given = Mapping[str, str]


@dataclass(frozen=True)
class Turning:
    """The kind that was asked for, and what the part would lose, as (name, text)."""

    kind: str
    name: str
    lost: list[tuple[str, str]]


def kind_asked(given: Given) -> str:
    """The kind that a button of the page asks for; empty where none does, or where there is no such kind."""
    asked = given.get(DO) or (given.get(KIND, "") if ASK in given else "")
    return asked if asked in KINDS else ""


def as_kind(document: Raw, part: Raw, given: Given) -> Raw:
    """The part with what was typed, as the kind that was asked for. KeyError."""
    return turned(document, told(part, given).part, kind_asked(given))


def turning(document: Raw, part: Raw, given: Given) -> Turning | None:
    """What is shown before it is done; None where nobody asked, or where it is of that kind already."""
    kind = kind_asked(given)
    if not kind or kind == kind_of(part):
        return None
    gone = lost(told(part, given).part, as_kind(document, part, given))
    return Turning(kind, words.kind(kind), [_said(one) for one in gone])


def texts_gone(part: Raw, made: Raw) -> list[Reworded]:
    """Their English goes with them."""
    before, after = (texts_of({"components": [one]}) for one in (part, made))
    return [Reworded(text, "") for text in sorted(before - after)]


def _said(one: Lost) -> tuple[str, str]:
    if one.name == INSIDE:
        return _("里面的内容"), _("%(n)d 项", n=int(one.text))
    return (_("选项") if one.name == "values" else words.entry(one.name)[0]), one.text[:80]
