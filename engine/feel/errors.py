"""The one refusal of the condition language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from engine.feel.findings import Fault
from engine.feel.said import Said, Words


@dataclass(frozen=True)
class Problem:
    """One thing wrong in an expression: 0-based position, why, and how to mend it."""

    position: int
    why: Said
    mend: Said

    @classmethod
    def of(cls, fault: Fault, position: int, **found: Words) -> Problem:
        filled = fault.filled(**found)
        return cls(position, filled.why, filled.mend)


class FeelError(Exception):
    """An expression is refused: it cannot be read, or it names what nobody declared. The message is for logs."""

    def __init__(self, fault: Fault, position: int = 0, **found: Words) -> None:
        self.problem = Problem.of(fault, position, **found)
        super().__init__(f"{self.why.en} (position {position + 1}); {self.mend.en}")

    @property
    def why(self) -> Said:
        return self.problem.why

    @property
    def position(self) -> int:
        return self.problem.position

    @property
    def mend(self) -> Said:
        return self.problem.mend


def did_you_mean(name: str, known: Iterable[str], otherwise: Said, cutoff: float = 0.6) -> Said:
    """The known name closest to this one, or what to do when none is close."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=cutoff)
    return Said("是不是 {name}？", "did you mean {name}?").filled(name=close[0]) if close else otherwise
