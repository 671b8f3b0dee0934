"""What was done so far in a sandbox, as a list: each thing that happened, and each answer that a service gave.

The list is the scenario: played from its beginning it comes to the same place, and cut short to an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.scenarios.model import Answer, Expected, Move, Scenario

MOST = 120
"""Things that one recording may hold; a scenario that does more is better told as several."""


@dataclass(frozen=True)
class Answered:
    """A service gave this result."""

    service: str
    answer: Answer


Line = Move | Answered


@dataclass(frozen=True)
class Recorded:
    """The settings that the case began with, and what happened then."""

    settings: Mapping[str, bool]
    lines: tuple[Line, ...] = ()

    def then(self, line: Line) -> Recorded:
        return replace(self, lines=(*self.lines, line))

    def upto(self, count: int) -> Recorded:
        """The same, as it was when `count` things had happened."""
        return replace(self, lines=self.lines[: max(0, count)])

    @property
    def answers(self) -> dict[str, tuple[Answer, ...]]:
        """What each service answered, in its order."""
        found: dict[str, tuple[Answer, ...]] = {}
        for line in self.lines:
            if isinstance(line, Answered):
                found[line.service] = (*found.get(line.service, ()), line.answer)
        return found

    @property
    def moves(self) -> tuple[Move, ...]:
        """What happened but for the answers; each says at which place of the list it stands, counted from 1."""
        found = enumerate(self.lines, start=1)
        return tuple(replace(line, line=number) for number, line in found if isinstance(line, Move))

    def scenario(self, usual: Mapping[str, object]) -> Scenario:
        """As it is played; `usual` are the settings of a company that says nothing else."""
        return Scenario("", "", {**usual, **self.settings}, self.answers, self.moves, Expected(len(self.lines)))

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {"settings": dict(self.settings), "lines": [_plain(line) for line in self.lines]}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Recorded:
        return cls(plain["settings"], tuple(_lines(plain["lines"])))


def _plain(line: Line) -> dict[str, Any]:
    if isinstance(line, Answered):
        return {"service": line.service, "answer": dict(line.answer)}
    return {"word": line.word, "target": line.target, "said": dict(line.said), "reasons": list(line.reasons)}


def _lines(plain: list[dict[str, Any]]) -> Iterator[Line]:
    for line in plain:
        if "service" in line:
            yield Answered(line["service"], line["answer"])
        else:
            yield Move(line["word"], 0, line["target"], line["said"], tuple(line["reasons"]))
