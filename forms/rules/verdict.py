"""The one shape in which every rule answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """One thing a rule has to say: stable code, Chinese for the person, the same in English.

    `block` refuses the entry; `warn` lets it pass and is shown to the reviewer.
    """

    code: str
    text: str
    english: str
    level: Literal["block", "warn"] = "block"


@dataclass(frozen=True)
class Verdict(Generic[T]):
    """What a rule found: the normalised value (None when refused) and its problems, the most important first."""

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def block(self) -> Problem | None:
        """The problem that refuses the entry, if there is one."""
        return next((problem for problem in self.problems if problem.level == "block"), None)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the reviewer should look at."""
        return tuple(problem for problem in self.problems if problem.level == "warn")


def refused(*problems: Problem) -> Verdict[T]:
    """A verdict without a value."""
    return Verdict(None, problems)


def warning(code: str, text: str, english: str) -> Problem:
    """A problem that lets the entry pass."""
    return Problem(code, text, english, "warn")
