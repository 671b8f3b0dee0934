"""What a person means to do, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actors import Actor

Scalar = bool | int | float | str | None


@dataclass(frozen=True)
class RejectionInput:
    """One reason of a rejection. `reason` is a code of the catalogue; an empty customer text takes the catalogue's."""

    reason: str
    field: str | None = None
    customer_text: str = ""
    internal_note: str = ""


@dataclass(frozen=True)
class Completion:
    """One task done. `facts` have dotted names and are declared by the bundle; `answers` stay out of the engine."""

    task_id: str
    actor: Actor
    submission_id: str
    kind: str = "submit"
    answers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    rejections: tuple[RejectionInput, ...] = ()


@dataclass(frozen=True)
class Advanced:
    """Where the case stands now: the tasks and jobs that this step opened, and whether the case has ended."""

    case_id: str
    opened: list[str]
    jobs: list[str]
    ended: bool

    def plain(self) -> dict[str, object]:
        """What is kept of it in the row of its submission: the case is named there, and nothing is left out."""
        kept = {"opened": self.opened, "jobs": self.jobs, "ended": self.ended}
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def of(cls, case_id: str, kept: Mapping[str, Any]) -> Advanced:
        return cls(case_id, list(kept.get("opened", ())), list(kept.get("jobs", ())), kept.get("ended", False))
