"""Two texts that should be one, told apart character by character; a mask hides what differs, not that it does."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

Mask = Callable[[str], str]
FEW = 3
"""Of two texts of one length no more than a third may differ for each place to be compared with its own; digits may."""


@dataclass(frozen=True)
class Piece:
    """A run of characters. `differs`: the other text has something else there; empty, where only the other has any."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class _Run:
    """A stretch of both texts."""

    one: slice
    other: slice
    differs: bool


def alike(one: str, other: str) -> bool:
    """Whether they say the same: width, spaces and the case of letters are the keyboard's."""
    return _letters(bare(one)) == _letters(bare(other))


def pieces(one: str, other: str, mask: Mask | None = None) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those that differ marked. What a mask does not keep in its place is marked as a whole."""
    texts = bare(one), bare(other)
    left, right = (mask(text) if mask else text for text in texts)
    if (len(left), len(right)) != (len(texts[0]), len(texts[1])):
        return [Piece(left, True)], [Piece(right, True)]
    runs = list(_runs(_letters(texts[0]), _letters(texts[1])))
    return [Piece(left[run.one], run.differs) for run in runs], [Piece(right[run.other], run.differs) for run in runs]


def bare(text: str) -> str:
    """Full-width signs as narrow ones, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _letters(text: str) -> list[str]:
    return [one.upper() for one in text]


def _runs(one: list[str], other: list[str]) -> Iterator[_Run]:
    """Place by place, where both are digits or most places agree; else what a person would call missing or added."""
    places = [a != b for a, b in zip(one, other, strict=False)]
    are_digits = "".join([*one, *other]).isascii()
    if len(one) == len(other) and (are_digits or sum(places) * FEW <= len(one)):
        for differs, found in groupby(range(len(one)), key=places.__getitem__):
            first, *_more = within = list(found)
            yield _Run(slice(first, first + len(within)), slice(first, first + len(within)), differs)
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield _Run(slice(a, b), slice(c, d), tag != "equal")
