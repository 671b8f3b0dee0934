"""A step: a user task with what its properties say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagrams.model import Element
from engine.diagrams.told import ON_STEPS

PROPERTIES = frozenset(
    {"form", "status", "statusClaimed", "statusRejected", "back", "backWhen", "notSameAs", "due", "outside", "notice"}
).union(ON_STEPS)


@dataclass(frozen=True)
class UserTask:
    """`role` is the id of its lane; `back_when` is text of the condition language; `due` an ISO 8601 duration."""

    id: str
    name: str
    process: str
    file: str
    line: int
    role: str
    form: str
    status: str
    status_claimed: str | None
    status_rejected: str | None
    back: str | None
    back_when: str | None
    not_same_as: str | None
    due: str | None
    properties: Mapping[str, str]


def read_step(element: Element) -> UserTask:
    """The step that a user task of a linted diagram is."""
    said = element.properties
    return UserTask(
        id=element.id,
        name=element.name,
        process=element.process,
        file=element.file,
        line=element.line,
        role=element.lane or "",
        form=said.get("form", ""),
        status=said.get("status", ""),
        status_claimed=said.get("statusClaimed"),
        status_rejected=said.get("statusRejected"),
        back=said.get("back"),
        back_when=said.get("backWhen"),
        not_same_as=said.get("notSameAs"),
        due=said.get("due"),
        properties=said,
    )
