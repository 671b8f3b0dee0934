"""A scenario as it is played: what is given, what happens line by line, and what has come of it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = Mapping[str, bool | int | str | None]


@dataclass(frozen=True)
class Move:
    """One thing that happens: a step is done, or one of `EVENTS`; `said` are the entries of a step."""

    word: str
    line: int
    target: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        return "" if self.word in EVENTS else self.word


BACK, MESSAGE, TIMER, FAILS, ADVANCE = "back", "message", "timer", "fails", "advance"
EVENTS = frozenset({BACK, MESSAGE, TIMER, FAILS, ADVANCE})


@dataclass(frozen=True)
class Line:
    """A text of the file with the line on which it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Expected:
    """What `then` says; None is what it does not speak of. `open` is step -> role, empty where any role will do."""

    line: int
    end: Line | None = None
    status: Line | None = None
    open: Mapping[str, Line] | None = None
    path: tuple[Line, ...] | None = None
    facts: Mapping[str, Line] | None = None
    texts: tuple[Line, ...] | None = None
    texts_line: int = 0
    open_line: int = 0


@dataclass(frozen=True)
class Scenario:
    """One file of `scenarios/`."""

    file: str
    name: str
    settings: Mapping[str, object]
    answers: Mapping[str, tuple[Answer, ...]]
    moves: tuple[Move, ...]
    then: Expected
