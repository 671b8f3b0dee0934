"""What the engine must know of a service task; the services themselves live elsewhere and are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ByHand:
    """A result that an operator may give where the service cannot; `says` is what he vouches for with it."""

    facts: Mapping[str, bool | int | str]
    says: str
    says_en: str

    @property
    def name(self) -> str:
        """How a form and a command name it: `application.result=withdrawn`."""
        return " ".join(f"{fact}={str(value).lower()}" for fact, value in self.facts.items())


@dataclass(frozen=True)
class ServiceSpec:
    """One service: its name (with a dot), parameters, and the facts it may answer with.

    `task` is false for a service that no diagram calls (an upload's own job). `title` is what operators call it.
    `by_hand` is empty where only the service itself can do what the result would claim. `queue` names the queue of a
    service that needs a worker of its own. `values` are the texts that a result can be, the usual one first.
    """

    name: str
    params: tuple[str, ...]
    results: Mapping[str, type]
    task: bool = True
    lease: int = 120
    max_attempts: int = 3
    title: str = ""
    title_en: str = ""
    by_hand: tuple[ByHand, ...] = ()
    queue: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
