"""What two records differ in, place by place, as people would name the places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

NAMED_BY = ("code", "prefix", "title")
"""Rows of a list are told by these, so that a row that moved is no change of the others."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[str]]:
    """Each place that differs, with what stood there and what stands there; empty text for nothing."""
    old, new = dict(_places("", before)), dict(_places("", after))
    differing = (place for place in _all(old, new) if old.get(place) != new.get(place))
    return [[place, old.get(place, ""), new.get(place, "")] for place in differing]


def _all(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """In the order of the new record; what is gone comes after."""
    return [*new, *(place for place in old if place not in new)]


def _places(at: str, value: object) -> Iterator[tuple[str, str]]:
    """Every entry that holds something by itself; an empty group holds nothing."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _places(f"{at}.{name}" if at else str(name), inner)
    elif isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        for place, row in enumerate(value):
            yield from _places(f"{at}.{_name(row, place)}", row)
    else:
        yield at, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _name(row: Mapping[str, Any], place: int) -> str:
    return next((str(row[key]) for key in NAMED_BY if row.get(key)), str(place))
