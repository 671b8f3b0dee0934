"""The texts of a form that people read, and so have an English."""

from __future__ import annotations

from typing import Any

from forms.editing import Raw, rows
from forms.entries import ENTRIES, OPTIONS

READ = tuple(entry for entry in ENTRIES if entry.read)


def texts_of(document: Raw) -> set[str]:
    return {text for _, part in rows(document) for text in texts_of_part(part).values()}


def texts_of_part(part: Raw) -> dict[str, str]:
    """By the name of the entry, and `values.N.label` for the options."""
    found: dict[str, Any] = {entry.name: entry.value(part) for entry in READ}
    for number, option in enumerate(part.get(OPTIONS) or ()):
        found[f"{OPTIONS}.{number}.label"] = option.get("label")
    return {name: text for name, text in found.items() if isinstance(text, str) and text}
