"""What a signature will cover, to be checked before it is given, each part with its road back (S23)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.cases import ways_back
from engine.cases.signed import signed_answers
from engine.tables import Task
from webapp.access import person
from webapp.house import reading, store, vault
from webapp.steps.answered import Answered, Line
from webapp.steps.asked import Asked


@dataclass(frozen=True)
class Part:
    """One step of what is signed. `change` is that step where 上一步 leads to it, else nothing."""

    name: str
    lines: list[Line]
    change: str


def signed_before(asked: Asked) -> bool:
    """Whether this step was signed in an earlier round: it is asked again because what was signed has changed."""
    earlier = select(Task.id).where(
        Task.case_id == asked.case.id, Task.step == asked.task.step, Task.closed_how == "submit"
    )
    return reading().scalars(earlier).first() is not None


def summary(asked: Asked) -> list[Part]:
    """The very answers whose digest is signed."""
    given = signed_answers(reading(), vault(), asked.bundle, asked.case.id, asked.task.step)
    road = ways_back(store(), reading(), asked.task)
    sections = Answered(asked.bundle, person(), names_photos=True).sections(given)
    return [Part(one.name, one.lines, one.step if one.step in road else "") for one in sections]
