"""Steps: who does them, on which form, under which status, and what may be asked again from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from engine.diagrams.durations import is_duration
from engine.diagrams.lint.subject import Rule, Subject, at, at_lane, called, nearest
from engine.diagrams.model import Element
from engine.diagrams.roads import asks_next
from engine.diagrams.steps import PROPERTIES
from engine.feel.findings import Finding


def unique_steps(subject: Subject) -> Iterator[Finding]:
    """A step id names one step in all diagrams of a business: facts, forms and rejections refer to it."""
    by_id: dict[str, list[Element]] = defaultdict(list)
    for step in subject.drawing.steps:
        by_id[step.id].append(step)
    for same in by_id.values():
        for step in same[1:]:
            why = f"the step id {step.id} is also used in {same[0].file}"
            yield at("step.duplicate", step, why, "give it an id of its own")


def roles(subject: Subject) -> Iterator[Finding]:
    """The lane's id is the role; a step outside any lane belongs to nobody."""
    for step in subject.drawing.steps:
        if step.lane is None:
            yield at("step.lane", step, f"{called(step)} stands in no lane", "draw it inside a lane")
    lanes_with_steps = {(step.process, step.lane) for step in subject.drawing.steps}
    for diagram in subject.drawing.diagrams:
        for lane in diagram.lanes:
            if lane.id not in subject.roles and (lane.process, lane.id) in lanes_with_steps:
                why = f"the lane {lane.name or lane.id} has the id {lane.id}, which is no role"
                yield at_lane("lane.role", diagram.file, lane, why, nearest(lane.id, subject.roles))


def forms(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        form = step.properties.get("form")
        if not form:
            yield at("step.form", step, f"{called(step)} has no form", "set the property form")
        elif form not in subject.forms:
            yield _property(step, "form", "step.form", f"there is no form {form}", nearest(form, subject.forms))


def statuses(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        if not step.properties.get("status", "").strip():
            why = f"{called(step)} has no status text for 我的业务"
            yield at("step.status", step, why, "set the property status")


def known_properties(subject: Subject) -> Iterator[Finding]:
    """A misspelt property would be silently ignored."""
    for step in subject.drawing.steps:
        for name in step.properties.keys() - PROPERTIES:
            yield _property(step, name, "step.property", f"unknown property {name}", nearest(name, PROPERTIES))


def other_steps(subject: Subject) -> Iterator[Finding]:
    """`back` and `notSameAs` name steps of this business."""
    ids = {step.id for step in subject.drawing.steps}
    for step in subject.drawing.steps:
        for name, rule in (("back", "step.back"), ("notSameAs", "step.not_same_as")):
            other = step.properties.get(name)
            if other is not None and (other not in ids or other == step.id):
                yield _property(step, name, rule, f"{name} names no other step: {other!r}", nearest(other, ids))


def roads_back(subject: Subject) -> Iterator[Finding]:
    """上一步 takes a drawn road: it must reach its target without asking another step first."""
    ids = {step.id for step in subject.drawing.steps}
    for step in subject.drawing.steps:
        back = step.properties.get("back")
        if back in ids and back not in asks_next(subject.drawing, step):
            why = f"back={back}, but every road from {called(step)} to it asks another step first or there is none"
            yield _property(step, "back", "step.back_road", why, "draw a flow to the head of the chain of steps")


def back_conditions(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        if "backWhen" in step.properties and "back" not in step.properties:
            yield _property(step, "backWhen", "step.back", "backWhen without back", "set the property back")


def due_times(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        due = step.properties.get("due")
        if due is not None and not is_duration(due):
            yield _property(step, "due", "step.due", f"{due!r} is no duration", "write it like P1D or PT4H")


def _property(step: Element, name: str, rule: str, why: str, mend: str) -> Finding:
    return at(rule, step, why, mend, step.property_lines.get(name))


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
