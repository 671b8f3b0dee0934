"""One part of a form document put in, moved, taken out or exchanged; everything else stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

Raw = dict[str, Any]
Place = tuple[int, ...]
"""Where a part stands: its number among the parts, and inside of that one again."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}", re.ASCII)
_PLACE = re.compile(r"\d{1,3}(\.\d{1,3}){0,11}", re.ASCII)


def place_of(text: str) -> Place:
    """`2.0` is the first part of the third one. LookupError for what is no place."""
    if not _PLACE.fullmatch(text):
        raise LookupError(text)
    return tuple(int(number) for number in text.split("."))


def said(place: Place) -> str:
    return ".".join(str(number) for number in place)


def rows(document: Mapping[str, Any], inside: Place = ()) -> Iterator[tuple[Place, Raw]]:
    """Every part with its place, in reading order."""
    for number, part in enumerate(document.get("components") or ()):
        yield (*inside, number), part
        yield from rows(part, (*inside, number))


def part_at(document: Raw, place: Place) -> Raw:
    """LookupError where there is none."""
    found: Raw = _around(document, place)[place[-1]]
    return found


def added(document: Raw, part: Raw, place: Place) -> Raw:
    """The part at this place; what stood there comes after it. LookupError where there is no such place."""
    made = deepcopy(document)
    around = _around(made, place, grow=True)
    if place[-1] > len(around):
        raise LookupError(said(place))
    around.insert(place[-1], part)
    return made


def moved(document: Raw, place: Place, by: int) -> Raw:
    """Before or behind its neighbour; the first and the last of a row stay where they are."""
    made = deepcopy(document)
    around, at = _around(made, place), place[-1]
    to = at + by
    if not (0 <= at < len(around)):
        raise LookupError(said(place))
    if 0 <= to < len(around):
        around[at], around[to] = around[to], around[at]
    return made


def removed(document: Raw, place: Place) -> Raw:
    made = deepcopy(document)
    del _around(made, place)[place[-1]]
    return made


def replaced(document: Raw, place: Place, part: Raw) -> Raw:
    made = deepcopy(document)
    _around(made, place)[place[-1]] = part
    return made


def identified(document: Raw, part: Raw, key: str = "") -> Raw:
    """The part with an id, and a key where it has one, that no other part of the document has."""
    prefix = str(document.get("id") or "part")
    ids = {str(one.get("id")) for _, one in rows(document)}
    keys = {str(one.get("key")) for _, one in rows(document)}
    made = {**part, "id": _free(prefix, ids)}
    if "key" in part:
        made["key"] = key or _free("field", keys)
    return {**made, "path": made["key"]} if "path" in part else made


def is_key(text: str) -> bool:
    """Whether a field may be called so: letters of ASCII, digits and underscores."""
    return _KEY.fullmatch(text) is not None


def _free(prefix: str, taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"{prefix}_{number}") not in taken)


def _around(document: Raw, place: Place, grow: bool = False) -> list[Raw]:
    """The list that a place counts in; a part that may hold others and holds none yet gets one."""
    holder = document
    for number in place[:-1]:
        holder = (holder.get("components") or [])[number]
    if grow and holder.get("type") in ("group", "dynamiclist") and not holder.get("components"):
        holder["components"] = []
    found: list[Raw] | None = holder.get("components")
    if found is None or not place:
        raise LookupError(said(place))
    return found
