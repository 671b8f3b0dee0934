"""Steps: who does them, on which form, under which status, and what may be asked again from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from engine.diagrams.durations import is_duration
from engine.diagrams.lint.faults import FAULTS
from engine.diagrams.lint.subject import Rule, Subject, at, nearest
from engine.diagrams.model import Element
from engine.diagrams.roads import asks_next
from engine.diagrams.steps import PROPERTIES
from engine.diagrams.words import called
from engine.feel.findings import Finding
from engine.feel.said import Words


def unique_steps(subject: Subject) -> Iterator[Finding]:
    """A step id names one step in all diagrams of a business: facts, forms and rejections refer to it."""
    by_id: dict[str, list[Element]] = defaultdict(list)
    for step in subject.drawing.steps:
        by_id[step.id].append(step)
    for same in by_id.values():
        for step in same[1:]:
            yield at("step.duplicate", step, step=step.id, file=same[0].file)


def roles(subject: Subject) -> Iterator[Finding]:
    """The lane's id is the role; a step outside any lane belongs to nobody."""
    for step in subject.drawing.steps:
        if step.lane is None:
            yield at("step.lane", step, step=called(step))
    lanes_with_steps = {(step.process, step.lane) for step in subject.drawing.steps}
    for diagram in subject.drawing.diagrams:
        for lane in diagram.lanes:
            if lane.id not in subject.roles and (lane.process, lane.id) in lanes_with_steps:
                found: dict[str, Words] = {
                    "name": lane.name or lane.id,
                    "id": lane.id,
                    "mend": nearest(lane.id, subject.roles),
                }
                yield FAULTS.found("lane.role", diagram.file, lane.id, lane.line, **found)


def forms(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        form = step.properties.get("form")
        if not form:
            yield at("step.form/none", step, step=called(step))
        elif form not in subject.forms:
            yield _property(step, "form", "step.form/unknown", form=form, mend=nearest(form, subject.forms))


def statuses(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        if not step.properties.get("status", "").strip():
            yield _property(step, "status", "step.status", step=called(step))


def known_properties(subject: Subject) -> Iterator[Finding]:
    """A misspelt property would be silently ignored."""
    for step in subject.drawing.steps:
        for name in step.properties.keys() - PROPERTIES:
            yield _property(step, name, "step.property", name=name, mend=nearest(name, PROPERTIES))


def other_steps(subject: Subject) -> Iterator[Finding]:
    """`back` and `notSameAs` name steps of this business."""
    ids = {step.id for step in subject.drawing.steps}
    for step in subject.drawing.steps:
        for name, fault in (("back", "step.back/unknown"), ("notSameAs", "step.not_same_as")):
            other = step.properties.get(name)
            if other is not None and (other not in ids or other == step.id):
                yield _property(step, name, fault, other=other, mend=nearest(other, ids))


def roads_back(subject: Subject) -> Iterator[Finding]:
    """上一步 takes a drawn road: it must reach its target without asking another step first."""
    ids = {step.id for step in subject.drawing.steps}
    for step in subject.drawing.steps:
        back = step.properties.get("back")
        if back in ids and back not in asks_next(subject.drawing, step):
            yield _property(step, "back", "step.back_road", back=str(back), step=called(step))


def back_conditions(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        if "backWhen" in step.properties and "back" not in step.properties:
            yield _property(step, "backWhen", "step.back/when")


def due_times(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        due = step.properties.get("due")
        if due is not None and not is_duration(due):
            yield _property(step, "due", "step.due", due=due)


def _property(step: Element, property: str, fault: str, /, **what: Words) -> Finding:
    return at(fault, step, step.property_lines.get(property), **what)


RULES: tuple[Rule, ...] = (
    unique_steps,
    roles,
    forms,
    statuses,
    known_properties,
    other_steps,
    roads_back,
    back_conditions,
    due_times,
)
