"""The file of reject reasons as an analyst edits it: one changed, added, moved or taken out, the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bundles.json_parts import parts_of, with_values
from engine.bundles.lint.forms import field_keys, walk
from engine.bundles.lint.reasons import WIDGET
from engine.bundles.places import Place
from engine.bundles.reading import read_parts
from engine.bundles.records import BadRecord, read_json

NAME = "reasons.json"
CUSTOMER = "investor"
_UNSAID: dict[str, Any] = {
    "code": "",
    "text": "",
    "step": None,
    "field": None,
    "final": False,
    "video": False,
    "desks": [],
    "customer_text": "",
}
Entry = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """A step that a reason may ask again, with the key and label of each field of its form."""

    step: str
    name: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Places:
    """What a reason may point to, and the desks that give reasons, by id and name."""

    targets: tuple[Target, ...]
    desks: Mapping[str, str]


def entries_of(file: str, data: bytes) -> list[Entry] | None:
    """The reasons as they are written, every key of them; None where they are no list of such records."""
    try:
        value = read_json(file, data)
    except BadRecord:
        return None
    return value if isinstance(value, list) and all(map(_is_entry, value)) else None


def unsaid() -> Entry:
    """A reason that says nothing yet."""
    return {key: list(value) if isinstance(value, list) else value for key, value in _UNSAID.items()}


def said(entry: Entry) -> Entry:
    """What a reason says, with what it leaves out."""
    return {**unsaid(), **entry}


def changed(entry: Entry, now: Mapping[str, Any]) -> Entry:
    """The same record with what is said now; a key that says what it said is left, or left out, as it was."""
    return {**entry, **{key: value for key, value in now.items() if value != said(entry)[key]}}


def made(now: Mapping[str, Any]) -> Entry:
    """A new record; what is not so is left out."""
    return {key: value for key, value in now.items() if value is not False}


def with_entry(data: bytes, at: int | None, entry: Entry) -> bytes:
    """The file with this reason at its place, or at the end."""
    order = _order(data)
    if at is None:
        return with_values(parts_of(data), [*order, (None, entry)])
    return with_values(parts_of(data), [*order[:at], (at, entry), *order[at + 1 :]])


def without_entry(data: bytes, at: int) -> bytes:
    order = _order(data)
    return with_values(parts_of(data), [*order[:at], *order[at + 1 :]])


def with_entry_moved(data: bytes, at: int, by: int) -> bytes:
    """The reason one further up (-1) or down (1): the desks list them in this order. At the end it stays."""
    order, to = _order(data), at + by
    if not (0 <= at < len(order) and 0 <= to < len(order)):
        return data
    order[at], order[to] = order[to], order[at]
    return with_values(parts_of(data), order)


def places(files: Mapping[str, bytes], business: str) -> Places:
    """Of the files that can be read."""
    parts, _ = read_parts(files, business)
    steps = [element for diagram in parts.diagrams for element in diagram.elements if element.kind == "userTask"]
    forms = {step.id: parts.forms.get(step.properties.get("form", ""), {}) for step in steps}
    mine = [step for step in steps if step.lane == CUSTOMER]
    return Places(
        tuple(Target(step.id, step.name, _fields(forms[step.id])) for step in mine),
        {step.id: step.name for step in steps if _asks_for_reasons(forms[step.id])},
    )


def _order(data: bytes) -> list[tuple[int | None, Any]]:
    return list(enumerate(parts_of(data).values))


def _fields(document: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    keys = field_keys(document)
    found = {str(item.get("key")): str(item.get("label") or "") for _, item in walk(Place("", b""), document)}
    return tuple((key, found[key]) for key in found if key in keys)


def _asks_for_reasons(document: dict[str, Any]) -> bool:
    said = (item.get("properties") for _, item in walk(Place("", b""), document))
    return any(isinstance(properties, dict) and properties.get("widget") == WIDGET for properties in said)


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and all(_fits(value[key], usual) for key, usual in _UNSAID.items() if key in value)


def _fits(value: Any, usual: Any) -> bool:
    if usual is None:
        return value is None or isinstance(value, str)
    if isinstance(usual, list):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, type(usual))
