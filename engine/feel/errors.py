"""The one refusal of the condition language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing wrong in an expression: 0-based position, why, and how to mend it."""

    position: int
    why: str
    mend: str


class FeelError(Exception):
    """An expression is refused: it cannot be read, or it names what nobody declared."""

    def __init__(self, why: str, position: int = 0, mend: str = "") -> None:
        super().__init__(f"{why} (position {position + 1}){'; ' + mend if mend else ''}")
        self.problem = Problem(position, why, mend)

    @property
    def why(self) -> str:
        return self.problem.why

    @property
    def position(self) -> int:
        return self.problem.position

    @property
    def mend(self) -> str:
        return self.problem.mend


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence naming the known name closest to this one, or what to do when none is close."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else "declare the fact in a form, a service or the settings"
