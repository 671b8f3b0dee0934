"""One line for each figure: what was measured, what it was measured against, the goal, and whether it is reached."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Line:
    """`value` must be at most (or, with `least`, at least) `goal`. A shape fails the run; a speed is only told."""

    what: str
    value: float
    goal: float
    unit: str = "x"
    least: bool = False
    is_shape: bool = True
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool:
        return self.value >= self.goal if self.least else self.value <= self.goal

    def __str__(self) -> str:
        told = "ok" if self.is_reached else "MISS"
        sign = ">=" if self.least else "<="
        beside = ", ".join(f"{name} {value}" for name, value in self.beside.items())
        return f"{self.what:58} {self.value:8.2f} {self.unit:3} {sign} {self.goal:5.2f}  {told:4}  {beside}"


def spread(values: Sequence[float]) -> str:
    """The median with the least and the most."""
    return f"{median(values):.2f} [{min(values):.2f}..{max(values):.2f}]"


def load() -> str:
    return " ".join(f"{each:.1f}" for each in os.getloadavg())
