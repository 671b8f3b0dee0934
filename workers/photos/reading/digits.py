"""Numbers in rows of text: an ID number, a card's number. A look-alike is mended only where a check proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from workers.photos.reading.checks import card_holds, id_holds
from workers.photos.reading.model import PREFILL, Bin, Field
from workers.photos.reading.pieces import Piece, Row, joined

LOOK_ALIKE = str.maketrans(
    {"O": "0", "o": "0", "D": "0", "Q": "0", "U": "0", "I": "1", "l": "1", "|": "1", "i": "1", "!": "1", "]": "1",
     "[": "1", "Z": "2", "z": "2", "A": "4", "S": "5", "s": "5", "$": "5", "b": "6", "G": "6", "T": "7", "B": "8",
     "g": "9", "q": "9"}
)  # fmt: skip
CROSS = str.maketrans("x×✕*乂", "XXXXX")
ID_RUN = re.compile(r"[0-9A-Za-z|!\[\]$×✕*乂]{18,}")
CARD_RUN = re.compile(r"[0-9A-Za-z|!\[\]$]{15,}")
LEAST, LEAST_CARD = 0.8, 0.95
"""A number read with less certainty is not taken for proven, whatever its check digit says: Luhn's lets one misread
number in ten through, that of an ID number one in eleven of those whose birth date can be."""
GROUP = re.compile(r"[0-9]{3,6}")
USUAL_CARD = (16, 19)


def id_number(rows: list[Row], today: date) -> Field | None:
    """The number that holds, else the likeliest of those that do not."""
    doubtful: Field | None = None
    for row in rows:
        for piece in _runs(row, ID_RUN):
            for start in range(len(piece.text) - 17):
                text = piece.text[start : start + 18].translate(CROSS)
                proven = next((way for way in (text, _mended_id(text)) if id_holds(way, today)), None)
                if proven and piece.score >= LEAST:
                    return Field(proven, piece.score, piece.box, checked=True, sure=piece.score >= PREFILL)
            if doubtful is None and sum(char.isdigit() for char in piece.text) >= 15:
                doubtful = Field(piece.text[:18].translate(CROSS), piece.score, piece.box)
    return doubtful


def card_number(rows: list[Row], bins: Sequence[Bin]) -> Field | None:
    """The same of a bank card: Luhn, and a length that the table knows or that is usual."""
    doubtful: Field | None = None
    for piece in [*(piece for row in rows for piece in _runs(row, CARD_RUN)), *_stacked(rows)]:
        for text in (piece.text, piece.text.translate(LOOK_ALIKE)):
            if piece.score >= LEAST_CARD and card_holds(text) and _long_enough(text, bins):
                return Field(text, piece.score, piece.box, checked=True, sure=piece.score >= PREFILL)
        if doubtful is None and piece.text.isdigit() and len(piece.text) <= 19:
            doubtful = Field(piece.text, piece.score, piece.box)
    return doubtful


def issuer(number: str, bins: Sequence[Bin]) -> Bin | None:
    """The table's row with the longest prefix that fits."""
    fitting = (row for row in bins if number.startswith(row.prefix) and row.length in (None, len(number)))
    return max(fitting, key=lambda row: len(row.prefix), default=None)


def _long_enough(number: str, bins: Sequence[Bin]) -> bool:
    """A digit lost by the reader leaves a number whose Luhn digit is right by chance: its length must be a card's."""
    row = issuer(number, bins)
    return len(number) in USUAL_CARD if row is None or row.length is None else True


def _mended_id(text: str) -> str:
    return text[:17].translate(LOOK_ALIKE) + text[17].translate(LOOK_ALIKE | {ord("X"): "X"})


def _runs(row: Row, pattern: re.Pattern[str]) -> Iterator[Piece]:
    for match in pattern.finditer(row.text):
        yield row.cut(*match.span())


def _stacked(rows: list[Row]) -> Iterator[Piece]:
    """Groups of digits below each other, as upright cards print them."""
    for start in range(len(rows)):
        groups: list[Piece] = []
        for row in rows[start : start + 5]:
            piece = row.whole
            if not GROUP.fullmatch(piece.text):
                break
            groups.append(piece)
            if len(groups) >= 3 and 15 <= sum(len(one.text) for one in groups) <= 19:
                yield joined(groups)
