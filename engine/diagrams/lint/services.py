"""Service tasks and business rule tasks: what they ask for exists, and gets what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import ends
from engine.diagrams.lint.subject import Rule, Subject, at, nearest
from engine.diagrams.model import Element, Operator
from engine.diagrams.words import called
from engine.feel.findings import Finding
from engine.feel.said import Words
from engine.services import ServiceSpec


def operators(subject: Subject) -> Iterator[Finding]:
    """Each service task names a service of the catalogue, by a name with a dot."""
    tasks = {name for name, service in subject.services.items() if service.task}
    for task in subject.drawing.of("serviceTask"):
        operator = task.operator
        if operator is None:
            yield at("service.missing", task, task=called(task))
        elif "." not in operator.id:
            yield at("service.dot", task, operator.line, service=operator.id, mend=nearest(operator.id, tasks))
        elif operator.id not in tasks:
            yield at("service.unknown", task, operator.line, service=operator.id, mend=nearest(operator.id, tasks))


def parameters(subject: Subject) -> Iterator[Finding]:
    for task in subject.drawing.of("serviceTask"):
        service = subject.services.get(task.operator.id) if task.operator else None
        if task.operator and service:
            yield from _unknown_parameters(task, task.operator, service)
            yield from _missing_parameters(task, task.operator, service)


def _unknown_parameters(task: Element, operator: Operator, service: ServiceSpec) -> Iterator[Finding]:
    seen: set[str] = set()
    for parameter in operator.parameters:
        if parameter.id not in service.params:
            found: dict[str, Words] = {
                "service": operator.id,
                "name": parameter.id,
                "mend": nearest(parameter.id, service.params),
            }
            yield at("service.parameter/unknown", task, parameter.line, **found)
        elif parameter.id in seen:
            yield at("service.parameter/twice", task, parameter.line, name=parameter.id)
        seen.add(parameter.id)


def _missing_parameters(task: Element, operator: Operator, service: ServiceSpec) -> Iterator[Finding]:
    for name in sorted(set(service.params) - {parameter.id for parameter in operator.parameters}):
        yield at("service.parameter/missing", task, operator.line, service=operator.id, name=name)


def after_the_end(subject: Subject) -> Iterator[Finding]:
    """An end event knows few words. What it wants done afterwards is a service that needs nothing to be told."""
    alone = {name for name, service in subject.services.items() if service.task and not service.params}
    for end in subject.drawing.of("endEvent"):
        for name, said in end.properties.items():
            line = end.property_lines.get(name)
            if name not in ends.PROPERTIES:
                yield at("end.property", end, line, name=name, known=", ".join(sorted(ends.PROPERTIES)))
            elif name == ends.AFTERWARDS and said not in alone:
                yield at("end.afterwards", end, line, service=said, mend=nearest(said, alone))
            elif name == ends.RETENTION and said not in ends.TERMS:
                yield at("end.retention", end, line, term=said, mend=nearest(said, ends.TERMS))


def decisions(subject: Subject) -> Iterator[Finding]:
    """A business rule task asks a table of this bundle that gives one answer; facts hold no lists."""
    for task in subject.drawing.of("businessRuleTask"):
        if task.decision is None or task.decision not in subject.decisions:
            name, mend = task.decision or "?", nearest(task.decision or "", subject.decisions)
            yield at("decision.unknown", task, task=called(task), decision=name, mend=mend)
        elif task.decision in subject.collecting:
            yield at("decision.collects", task, decision=task.decision)


RULES: tuple[Rule, ...] = (operators, parameters, after_the_end, decisions)
