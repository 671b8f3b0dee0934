"""A part of a form made another kind of part: what both can say stays, and what is lost is told before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.editing import identified
from forms.entries import ENTRIES, OPTIONS, Entry, Raw, entries_of, has_options, is_offered, others, untold
from forms.palette import KINDS, begun, kind_of
from forms.telling import put

INSIDE = "components"
_ASKED = next(entry for entry in ENTRIES if entry.name == "required")


@dataclass(frozen=True)
class Lost:
    """What the new kind cannot say: the name of an entry or of a property, and what stood there."""

    name: str
    text: str


def turned(document: Raw, part: Raw, kind: str) -> Raw:
    """The same part as another kind: its id, its words and its key, and whatever else both kinds ask. KeyError."""
    made = _with_words(begun(kind), part)
    made = {**identified(document, made, str(part.get("key") or "")), "id": part.get("id", "")}
    if _ASKED.value(made) and is_offered(_ASKED, part):
        put(made, _ASKED.path, _ASKED.value(part))
    for entry in ENTRIES:
        if _carries(entry, part, made):
            put(made, entry.path, entry.value(part))
    if has_options(part) and has_options(made) and part.get(OPTIONS):
        put(made, (OPTIONS,), part[OPTIONS])
    if INSIDE in made and part.get(INSIDE):
        made[INSIDE] = part[INSIDE]
    return made


def lost(part: Raw, made: Raw) -> list[Lost]:
    """What stood in the part and stands in the new one no more; what its old kind brought with it is no loss."""
    brought: Mapping[str, Any] = KINDS.get(kind_of(part), {})
    found = [Lost(entry.name, str(entry.value(part))) for entry in entries_of(part) if _is_lost(entry, part, made)]
    if part.get(OPTIONS) and not made.get(OPTIONS):
        found.append(Lost(OPTIONS, ", ".join(str(one.get("label") or one.get("value")) for one in part[OPTIONS])))
    found += [Lost(name, str(value)) for name, value in others(part).items()]
    found += [Lost(name, _said(part, name)) for name in untold(part) if name not in brought and name not in made]
    if part.get(INSIDE) and INSIDE not in made:
        found.append(Lost(INSIDE, str(len(part[INSIDE]))))
    return found


def _with_words(made: Raw, part: Raw) -> Raw:
    """A label becomes a text and a text of one line a label, where the new kind has only the other."""
    words = part.get("label") or part.get("text") or ""
    name = "label" if "label" in made else "text" if "text" in made else ""
    return {**made, name: words} if name and not (name == "label" and "\n" in words) else made


def _carries(entry: Entry, part: Raw, made: Raw) -> bool:
    """The rule of a kind is the kind itself; the same words are there already."""
    given = entry.value(part) is not None and is_offered(entry, made)
    return given and entry.name not in ("text", "label", "key", "rule") and entry.value(made) is None


def _is_lost(entry: Entry, part: Raw, made: Raw) -> bool:
    value, kind = entry.value(part), kind_of(part)
    if value in (None, "") or entry.value(made) == value or entry.value(KINDS.get(kind, {})) == value:
        return False
    return value not in (made.get("label"), made.get("text"))


def _said(part: Raw, name: str) -> str:
    around, _, inner = name.partition(".")
    found = part.get(around)
    return str(found.get(inner) if inner and isinstance(found, Mapping) else found)[:80]
