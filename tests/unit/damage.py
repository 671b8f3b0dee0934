"""A JSON document with one part of it replaced by a value of another kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OTHERS: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    "=",
    "\0",
    "茶" * 300,
    [],
    [[]],
    {},
    {"a": {}},
    ["a", 1],
    "{a}",
    {"{}": 1},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copy = value.copy()
    copy[path[0]] = put(value[path[0]], path[1:], other)
    return copy
