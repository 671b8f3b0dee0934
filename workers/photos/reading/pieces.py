"""Rows of text with a place for every character, so that a value can be found by its words and still has its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workers.photos.reading.model import Box, Line

SAME_ROW = 0.6  # how far apart, in heights, the middles of two lines of one row may be
CHINESE = r"\u3400-\u9fff\U00020000-\U0002ebef"


@dataclass(frozen=True)
class Piece:
    """Some characters of a row: their text without spaces, the least score of their lines, and where they stand."""

    text: str
    score: float
    box: Box

    @property
    def left(self) -> float:
        return self.box[0][0]

    @property
    def right(self) -> float:
        return self.box[1][0]

    @property
    def pitch(self) -> float:
        """The width that a Chinese character takes."""
        return (self.right - self.left) / max(sum(_width(char) for char in self.text), 0.5)


@dataclass(frozen=True)
class _Char:
    text: str
    score: float
    left: float
    right: float
    line: Line


@dataclass(frozen=True)
class Row:
    """Lines beside each other, read from left to right as one text without spaces."""

    lines: tuple[Line, ...]
    chars: tuple[_Char, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def middle(self) -> float:
        return sum(line.middle for line in self.lines) / len(self.lines)

    @property
    def height(self) -> float:
        return max(line.height for line in self.lines)

    def find(self, pattern: str | re.Pattern[str], group: int = 0) -> Piece | None:
        """The first match's group, None also where it is empty."""
        match = re.search(pattern, self.text)
        return self.cut(*match.span(group)) if match and match.group(group) else None

    def cut(self, start: int, end: int) -> Piece:
        """The characters from one place to another."""
        chars = self.chars[start:end]
        left, right = min(char.left for char in chars), max(char.right for char in chars)
        top, bottom = min(char.line.top for char in chars), max(char.line.bottom for char in chars)
        box = ((left, top), (right, top), (right, bottom), (left, bottom))
        return Piece(self.text[start:end], min(char.score for char in chars), box)

    @property
    def whole(self) -> Piece:
        return self.cut(0, len(self.chars))


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """The rows from top to bottom."""
    open_rows: list[list[Line]] = []
    for line in sorted((one for one in lines if one.text.strip()), key=lambda one: one.middle):
        if open_rows and _beside(open_rows[-1], line):
            open_rows[-1].append(line)
        else:
            open_rows.append([line])
    return [_row(sorted(row, key=lambda one: one.left)) for row in open_rows]


def joined(pieces: list[Piece]) -> Piece:
    """Several pieces as one value."""
    xs, ys = ([point[k] for piece in pieces for point in piece.box] for k in (0, 1))
    box = ((min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys)))
    return Piece("".join(piece.text for piece in pieces), min(piece.score for piece in pieces), box)


def _beside(row: list[Line], line: Line) -> bool:
    middle = sum(one.middle for one in row) / len(row)
    return abs(line.middle - middle) < SAME_ROW * min(line.height, *(one.height for one in row))


def _row(lines: list[Line]) -> Row:
    return Row(tuple(lines), tuple(char for line in lines for char in _chars(line)))


def _width(char: str) -> float:
    return 1.0 if ord(char) > 0x2E7F else 0.5


def _chars(line: Line) -> Iterator[_Char]:
    """Each character where it should stand if Chinese ones are twice as wide as others."""
    widths = [_width(char) for char in line.text]
    step = (line.right - line.left) / max(sum(widths), 0.5)
    at = line.left
    for char, width in zip(line.text, widths, strict=True):
        if not char.isspace():
            yield _Char(char, line.score, at, at + width * step, line)
        at += width * step
