"""On which line of a JSON text each of its parts stands, so that a finding can name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Path = tuple[str | int, ...]
"""The names and indices that lead to a part."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def line_at(data: bytes, path: Path) -> int | None:
    """The line of a part of a sound JSON text: of its key in an object, of its beginning in a list."""
    return _lines(data).get(path)


def line_near(data: bytes, path: Path) -> int | None:
    """The same; where there is no such part, the line of the nearest one around it."""
    lines = _lines(data)
    return next((lines[path[:length]] for length in range(len(path), -1, -1) if path[:length] in lines), None)


@dataclass
class _Open:
    """An object or list that is being read, and the name or index of its part at hand."""

    part: str | int | None


@lru_cache(maxsize=64)
def _lines(data: bytes) -> dict[Path, int]:
    return dict(_walk(data.decode("utf-8-sig", "replace")))


def _walk(text: str) -> Iterator[tuple[Path, int]]:
    around: list[_Open] = []
    line, at = 1, 0
    for token in _TOKEN.finditer(text):
        line, at = line + text.count("\n", at, token.start()), token.start()
        path = _read(around, token[0])
        if path is not None:
            yield path, line


def _read(around: list[_Open], sign: str) -> Path | None:
    """Go one token further; the path of the part that begins at it, if one does."""
    if sign in ("}", "]"):
        around.pop()
    elif sign == ",":
        last = around[-1].part
        around[-1].part = last + 1 if isinstance(last, int) else None
    elif sign != ":":
        return _begins(around, sign)
    return None


def _begins(around: list[_Open], sign: str) -> Path | None:
    """A key begins a part; so does a value that has none, in a list or alone."""
    if around and around[-1].part is None:
        around[-1].part = str(json.loads(sign))
        return _path(around)
    path = None if around and isinstance(around[-1].part, str) else _path(around)
    if sign in ("{", "["):
        around.append(_Open(None if sign == "{" else 0))
    return path


def _path(around: list[_Open]) -> Path:
    return tuple(each.part for each in around if each.part is not None)
