"""The way of a case through its diagrams, drawn with counts, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.bundles import Bundle
from engine.cases import open_tasks, way_of
from engine.diagrams.drawing import CONTAINERS
from engine.diagrams.model import Key
from engine.tables import Case, Job, Task, Timer
from webapp.access import INVESTOR_ROLE
from webapp.desk.queue import name_of
from webapp.house import reading, say
from webapp.language import words as _
from webapp.steps.flow_picture import Picture, pictures
from webapp.steps.flow_way import WAITS, Way, counted_way

LIVE = ("due", "sent")


@dataclass(frozen=True)
class StepLine:
    """One step of the way, in the order in which they were opened; `how` is empty while it is open."""

    name: str
    round: int
    opened_at: datetime
    closed_at: datetime | None
    how: str
    by: str


@dataclass(frozen=True)
class ElementLine:
    """An element that the case came to: how often, and whether it stands there now or is stuck.

    A container is where a whole process runs: the case stands in it, and somewhere inside.
    """

    process: str
    name: str
    times: int
    now: bool
    failed: bool
    container: bool


@dataclass(frozen=True)
class LoopLine:
    """A flow that was taken more than once."""

    source: str
    target: str
    times: int


@dataclass(frozen=True)
class DrawnWay:
    """The pictures, and what they show, in words. `elsewhere` are those of processes that the case did not come to."""

    pictures: list[Picture]
    elsewhere: list[Picture]
    steps: list[StepLine]
    elements: list[ElementLine]
    loops: list[LoopLine]

    @property
    def here(self) -> list[ElementLine]:
        """Where the case stands now."""
        return [line for line in self.elements if line.now and not line.container]


def drawn_way(case: Case, bundle: Bundle) -> DrawnWay:
    failed = _elements_of_jobs(case, "incident")
    way = counted_way(bundle.drawing, way_of(reading(), case.id), _standing(case, bundle), failed)
    drawn = pictures(bundle.drawing, lambda text: say(bundle, text), way)
    came_to = {process for process, _element in (*way.visits, *way.now)}
    titles = {picture.process: picture.title for picture in drawn}
    return DrawnWay(
        [picture for picture in drawn if picture.process in came_to],
        [picture for picture in drawn if picture.process not in came_to],
        _steps(case, bundle),
        list(_elements(bundle, way, titles)),
        list(_loops(bundle, way)),
    )


def _standing(case: Case, bundle: Bundle) -> list[str]:
    """Open steps, services at work, and events that are waited for."""
    events = {one.id for one in bundle.drawing.of(*WAITS) if one.kind.endswith("Event")}
    timers = reading().scalars(select(Timer.element).where(Timer.case_id == case.id, Timer.element.in_(events)))
    steps = [task.step for task in open_tasks(reading(), case.id)]
    return [*steps, *_elements_of_jobs(case, *LIVE), *timers]


def _elements_of_jobs(case: Case, *statuses: str) -> list[str]:
    mine = select(Job.element).where(Job.case_id == case.id, Job.status.in_(statuses), Job.element.is_not(None))
    return [element for element in reading().scalars(mine) if element]


def _steps(case: Case, bundle: Bundle) -> list[StepLine]:
    rows = reading().scalars(select(Task).where(Task.case_id == case.id).order_by(Task.opened_at, Task.id))
    return [
        StepLine(
            say(bundle, bundle.step_name(row.step)),
            row.round,
            row.opened_at,
            row.closed_at,
            row.closed_how or "",
            _("客户") if row.role == INVESTOR_ROLE else name_of(row.closed_by),
        )
        for row in rows
    ]


def _elements(bundle: Bundle, way: Way, titles: dict[str, str]) -> Iterator[ElementLine]:
    """In the order of the pictures; what has no name (a gateway that only joins) is left to them."""
    for process, title in titles.items():
        for one in bundle.drawing.elements.values():
            if one.process == process and one.name and (way.visits[one.key] or one.key in way.now):
                times, kind = max(1, way.visits[one.key]), one.kind in CONTAINERS
                name = say(bundle, one.name)
                yield ElementLine(title, name, times, one.key in way.now, one.key in way.failed, kind)


def _loops(bundle: Bundle, way: Way) -> Iterator[LoopLine]:
    """In the order in which they were first taken."""
    for (process, source, target), times in way.times.items():
        if times > 1:
            yield LoopLine(_name(bundle, (process, source)), _name(bundle, (process, target)), times)


def _name(bundle: Bundle, key: Key) -> str:
    one = bundle.drawing.elements.get(key)
    return say(bundle, one.name) if one and one.name else _("分支")
