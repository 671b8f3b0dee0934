"""What a reading is made of: plain data, with pixels of the picture as it stands upright."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
Document = Literal["id_portrait", "id_emblem", "bank_card", "other", "none"]

PREFILL = 0.9
"""Below this score no field is filled in for the customer."""

DOUBT = 0.3
"""How much of one character's score may be missing in a whole line."""


class Bin(NamedTuple):
    """One row of the company's table: numbers that start so (and are so long) belong to this bank."""

    prefix: str
    bank: str
    kind: str
    length: int | None = None


@dataclass(frozen=True)
class Line:
    """One piece of text; its box begins at the top left of the writing and goes round with it."""

    text: str
    score: float
    box: Box

    @property
    def left(self) -> float:
        return min(x for x, _ in self.box)

    @property
    def right(self) -> float:
        return max(x for x, _ in self.box)

    @property
    def top(self) -> float:
        return min(y for _, y in self.box)

    @property
    def bottom(self) -> float:
        return max(y for _, y in self.box)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def is_sure(text: str, score: float) -> bool:
    """Whether a text may be filled in. Its score is a mean: in a long line one doubtful character hardly lowers it."""
    return score >= PREFILL and len(text) * (1 - score) <= DOUBT


@dataclass(frozen=True)
class Field:
    """A value with the box that it was read in. `checked`: a check digit, Luhn or a rule of dates or words holds.

    `sure`: it may be filled in for the customer, who still looks at it.
    """

    value: str
    score: float
    box: Box
    checked: bool = False
    sure: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "value": self.value,
            "score": round(self.score, 3),
            "box": [[round(x, 1), round(y, 1)] for x, y in self.box],
            "checked": self.checked,
            "sure": self.sure,
        }


@dataclass(frozen=True)
class Reading:
    """What stands in a picture. All boxes and `size` are of the picture turned upright.

    `turn`: degrees by which it lies turned clockwise, so that `rotate(turn, expand=True)` of Pillow rights it.
    `turn_margin`: 0 nothing speaks for this way, 1 everything does. `hidden`: how much of an unread number's place
    lies under `glare` or is `covered`.
    `document` is what its words say that it is.
    """

    lines: tuple[Line, ...]
    fields: dict[str, Field] = field(default_factory=dict)
    turn: int = 0
    turn_margin: float = 0.0
    document: Document = "none"
    size: tuple[int, int] = (0, 0)
    hidden: Mapping[str, float] = field(default_factory=dict)

    def scaled(self, by: float) -> Reading:
        """The same in pixels of a picture so much larger."""
        if by == 1.0:
            return self
        return replace(
            self,
            lines=tuple(replace(line, box=_scaled(line.box, by)) for line in self.lines),
            fields={name: replace(one, box=_scaled(one.box, by)) for name, one in self.fields.items()},
            size=(round(self.size[0] * by), round(self.size[1] * by)),
        )

    def as_json(self) -> dict[str, object]:
        """As it is kept (sealed) beside the photograph."""
        lines = [
            {"text": one.text, "score": round(one.score, 3), "box": [list(p) for p in one.box]} for one in self.lines
        ]
        return {
            "lines": lines,
            "fields": {name: one.as_json() for name, one in self.fields.items()},
            "turn": self.turn,
            "turn_margin": round(self.turn_margin, 3),
            "document": self.document,
            "size": list(self.size),
            "hidden": dict(self.hidden),
        }


def _scaled(box: Box, by: float) -> Box:
    one, two, three, four = ((x * by, y * by) for x, y in box)
    return one, two, three, four
