"""A JSON file that people keep by hand, changed part by part: what was not touched keeps every byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Part:
    """One item of a list, or one member of an object with its key; `text` is how it is written."""

    key: str
    value: Any
    text: str


@dataclass(frozen=True)
class Parts:
    """The outermost list or object of a file. `gap` stands between two parts; `head` and `tail` around them all."""

    head: str
    parts: tuple[Part, ...]
    gap: str
    tail: str

    @property
    def values(self) -> list[Any]:
        return [part.value for part in self.parts]

    def text(self) -> bytes:
        return (self.head + self.gap.join(part.text for part in self.parts) + self.tail).encode()


def parts_of(data: bytes) -> Parts:
    """The parts of a file that `read_json` takes, and whose value is a list or an object."""
    text = data.decode("utf-8")
    opened = _skipped(text, 1 if text.startswith("\ufeff") else 0)
    spans = list(_spans(text, opened))
    if not spans:
        closed = _skipped(text, opened + 1)
        return Parts(f"{text[: opened + 1]}\n  ", (), ",\n  ", f"\n{text[closed:]}")
    gap = text[spans[0][2] : spans[1][1]] if len(spans) > 1 else f",{text[opened + 1 : spans[0][1]] or ' '}"
    parts = tuple(Part(key, value, text[begins:ends]) for (key, value), begins, ends in spans)
    return Parts(text[: spans[0][1]], parts, gap, text[spans[-1][2] :])


def with_values(parts: Parts, order: Sequence[tuple[int | None, Any]]) -> bytes:
    """The list with these items: each with the place that it had, None for a new one. An equal value keeps its text."""
    return _put(parts, [_kept(parts, was, value) for was, value in order])


def with_member(parts: Parts, key: str, value: Any) -> bytes:
    """The object with this value under the key: in its place, or at the end."""
    made = Part(key, value, f"{_dumped(key)}: {_written(parts, value)}")
    if key not in {part.key for part in parts.parts}:
        return _put(parts, [*parts.parts, made])
    is_new = [part.key == key and not _same(part.value, value) for part in parts.parts]
    return _put(parts, [made if new else part for part, new in zip(parts.parts, is_new, strict=True)])


def without_member(parts: Parts, key: str) -> bytes:
    """The object without what is under the key."""
    return _put(parts, [part for part in parts.parts if part.key != key])


def _kept(parts: Parts, was: int | None, value: Any) -> Part:
    if was is not None and _same(parts.parts[was].value, value):
        return parts.parts[was]
    return Part("", value, _written(parts, value))


def _written(parts: Parts, value: Any) -> str:
    """With as much before each line as the other parts have."""
    pad = parts.gap.rpartition("\n")[2] if "\n" in parts.gap else ""
    lines = _dumped(value, indent=(pad or None)).split("\n")
    return (f"\r\n{pad}" if "\r\n" in parts.gap else f"\n{pad}").join(lines)


def _same(one: Any, other: Any) -> bool:
    """Equal in the order of their keys too."""
    return _dumped(one) == _dumped(other)


def _put(parts: Parts, made: Sequence[Part]) -> bytes:
    return Parts(parts.head, tuple(made), parts.gap, parts.tail).text()


def _dumped(value: Any, indent: str | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _spans(text: str, opened: int) -> Iterator[tuple[tuple[str, Any], int, int]]:
    """Key, value, beginning and end of each part."""
    at = _skipped(text, opened + 1)
    while text[at] not in "]}":
        key, begins = "", at
        if text[opened] == "{":
            key, at = scanstring(text, at + 1)
            at = _skipped(text, _skipped(text, at) + 1)
        value, at = _DECODER.raw_decode(text, at)
        yield (key, value), begins, at
        at = _skipped(text, at)
        at = _skipped(text, at + 1) if text[at] == "," else at


def _skipped(text: str, at: int) -> int:
    """Past the blanks."""
    found = _BLANKS.match(text, at)
    return found.end() if found else at
