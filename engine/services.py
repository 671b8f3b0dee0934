"""What the engine must know of a service task; the services themselves live elsewhere and are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceSpec:
    """One service: its name (with a dot), parameters, and the facts it may answer with.

    `task` is false for a service that no diagram calls (an upload's own job).
    """

    name: str
    params: tuple[str, ...]
    results: Mapping[str, type]
    task: bool = True
    lease: int = 120
    max_attempts: int = 3
