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
            yield from _checked(subject, "condition", flow, flow.condition)


def back_conditions(subject: Subject) -> Iterator[Finding]:
    for step in subject.drawing.steps:
        text = step.properties.get("backWhen")
        if text is not None:
            yield from _checked(subject, "condition", step, text, step.property_lines.get("backWhen"))


def service_parameters(subject: Subject) -> Iterator[Finding]:
    for task in subject.drawing.of("serviceTask"):
        for parameter in task.operator.parameters if task.operator else ():
            yield from _checked(subject, "condition", task, parameter.value, parameter.line)


def timers(subject: Subject) -> Iterator[Finding]:
    """A timer says an ISO time of its kind outright, or names a fact that holds one."""
    for element in subject.drawing.elements.values():
        if element.event and element.event.timer:
            yield from _timer(subject, element, element.event)


def _timer(subject: Subject, element: Element, event: Event) -> Iterator[Finding]:
    for problem in check_timer(event.text, subject.declared):
        yield at("timer.text", element, f"{event.text[:120]!r}: {problem.why}", problem.mend, event.line)
    time = literal(event.text)
    if time is not None and is_moment(time) != (event.kind == "date"):
        mend = "choose the timer's kind after its text: a duration like P1D, or a date with its time"
        yield at("timer.text", element, f"{time} is not a {event.kind}", mend, event.line)


def _checked(
    subject: Subject, rule: str, where: Element | Flow, text: str, line: int | None = None
) -> Iterator[Finding]:
    for problem in check(text, subject.declared):
        why = f"{text[:120]}: {problem.why} (character {problem.position + 1})"
        yield at(rule, where, why, problem.mend, line)


RULES: tuple[Rule, ...] = (conditions, back_conditions, service_parameters, timers)
