"""Everything in a diagram that is written in the condition language."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.durations import is_moment, literal
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.model import Element, Event, Flow
from engine.feel.checker import check
from engine.feel.findings import Finding
from engine.feel.timers import check_timer


def conditions(subject: Subject) -> Iterator[Finding]:
    for flow in subject.drawing.flows:
        if flow.condition:
            yield from _checked(subject, flow, flow.condition, flow.condition_line)


def back_conditions(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        text = step.properties.get("backWhen")
        if text is not None:
            yield from _checked(subject, step, text, step.property_lines.get("backWhen"))


def service_parameters(subject: Subject) -> Iterator[Finding]:
    for task in subject.drawing.of("serviceTask"):
        for parameter in task.operator.parameters if task.operator else ():
            yield from _checked(subject, task, parameter.value, parameter.line)


def timers(subject: Subject) -> Iterator[Finding]:
    """A timer says an ISO time of its kind outright, or names a fact that holds one."""
    for element in subject.drawing.elements.values():
        if element.event and element.event.timer:
            yield from _timer(subject, element, element.event)


def _timer(subject: Subject, element: Element, event: Event) -> Iterator[Finding]:
    for problem in check_timer(event.text, subject.declared):
        text = event.text[:120]
        yield at("timer.text/problem", element, event.line, text=text, why=problem.why, mend=problem.mend)
    time = literal(event.text)
    if time is not None and is_moment(time) != (event.kind == "date"):
        yield at("timer.text/kind", element, event.line, time=time)


def _checked(subject: Subject, where: Element | Flow, text: str, line: int | None = None) -> Iterator[Finding]:
    for problem in check(text, subject.declared):
        place = str(problem.position + 1)
        yield at("condition", where, line, text=text[:120], why=problem.why, place=place, mend=problem.mend)


RULES: tuple[Rule, ...] = (conditions, back_conditions, service_parameters, timers)
