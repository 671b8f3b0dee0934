"""What is asked of a part of a form: its entries and options with what stands in them, as page and panel show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.editing import Raw
from forms.entries import OPTIONS, Entry, entries_of, has_options
from forms.telling import NEW_OPTIONS
from webapp.studio.forms_editor import words
from webapp.studio.forms_editor.choosing import Options, choices
from webapp.studio.forms_editor.english import English
from webapp.studio.forms_editor.opened import Opened

Given = Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """An entry, with what stands in it. `english` is None where nobody reads it, or where it is not asked for."""

    entry: Entry
    label: str
    help: str
    value: str
    english: str | None
    options: Options
    problem: str


@dataclass(frozen=True)
class Option:
    name: str
    value: str
    label: str
    order: str
    english: str


def asked(here: Opened, part: Raw, given: Given, problems: Given, texts: English | None = None) -> list[Asked]:
    """In the order of the page; with English where `texts` keeps it."""
    return [_asked(here, entry, given, problems.get(entry.name, ""), texts) for entry in entries_of(part)]


def options(part: Raw, given: Given) -> list[Option] | None:
    """Those that are there, and some blank lines; None where its choices do not stand in the document."""
    if not has_options(part):
        return None
    names = [f"{OPTIONS}.{number}" for number in range(len(part.get(OPTIONS) or ()) + NEW_OPTIONS)]
    return [
        Option(name, *(given.get(f"{name}.{each}", "") for each in ("value", "label", "order", "label.en")))
        for name in names
    ]


def _asked(here: Opened, entry: Entry, given: Given, problem: str, texts: English | None) -> Asked:
    label, help_text = words.entry(entry.name)
    value = given.get(entry.name, "")
    listed = choices(here.bundle, entry.name, value) if entry.sort == "list" else []
    is_told = entry.read and texts is not None and texts.is_open
    return Asked(
        entry, label, help_text, value, given.get(f"{entry.name}.en", "") if is_told else None, listed, problem
    )
