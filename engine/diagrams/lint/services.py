"""Service tasks and business rule tasks: what they ask for exists, and gets what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import ends
from engine.diagrams.lint.subject import Rule, Subject, at, called, nearest
from engine.diagrams.model import Element, Operator
from engine.feel.findings import Finding
from engine.services import ServiceSpec


def operators(subject: Subject) -> Iterator[Finding]:
    """Each service task names a service of the catalogue, by a name with a dot."""
    tasks = {name for name, service in subject.services.items() if service.task}
    for task in subject.drawing.of("serviceTask"):
        operator = task.operator
        if operator is None:
            yield at("service.missing", task, f"{called(task)} asks for no service", "set its serviceTaskOperator")
        elif "." not in operator.id:
            why = f"the service {operator.id!r} has no dot; the engine would mix it up with element ids"
            yield at("service.dot", task, why, nearest(operator.id, tasks), operator.line)
        elif operator.id not in tasks:
            yield at("service.unknown", task, f"no service {operator.id}", nearest(operator.id, tasks), operator.line)


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
            why = f"{operator.id} has no parameter {parameter.id!r}"
            yield at("service.parameter", task, why, nearest(parameter.id, service.params), parameter.line)
        elif parameter.id in seen:
            yield at("service.parameter", task, f"{parameter.id} is given twice", "keep one", parameter.line)
        seen.add(parameter.id)


def _missing_parameters(task: Element, operator: Operator, service: ServiceSpec) -> Iterator[Finding]:
    for name in sorted(set(service.params) - {parameter.id for parameter in operator.parameters}):
        why = f"{operator.id} needs the parameter {name}"
        yield at("service.parameter", task, why, "add it to the service task", operator.line)


def after_the_end(subject: Subject) -> Iterator[Finding]:
    """An end event knows few words. What it wants done afterwards is a service that needs nothing to be told."""
    alone = {name for name, service in subject.services.items() if service.task and not service.params}
    for end in subject.drawing.of("endEvent"):
        for name, said in end.properties.items():
            line = end.property_lines.get(name)
            if name not in ends.PROPERTIES:
                mend = f"an end event knows: {', '.join(sorted(ends.PROPERTIES))}"
                yield at("end.property", end, f"unknown property {name}", mend, line)
            elif name == ends.AFTERWARDS and said not in alone:
                why = f"afterwards asks for {said!r}, which is no service without parameters"
                yield at("end.afterwards", end, why, nearest(said, alone), line)
            elif name == ends.RETENTION and said not in ends.TERMS:
                yield at("end.retention", end, f"no term {said!r} for keeping", nearest(said, ends.TERMS), line)


def decisions(subject: Subject) -> Iterator[Finding]:
    """A business rule task asks a table of this bundle that gives one answer; facts hold no lists."""
    for task in subject.drawing.of("businessRuleTask"):
        if task.decision is None or task.decision not in subject.decisions:
            why = f"{called(task)} asks the decision {task.decision!r}, which is not in this bundle"
            yield at("decision.unknown", task, why, nearest(task.decision or "", subject.decisions))
        elif task.decision in subject.collecting:
            why = f"{task.decision} collects a list, and facts hold no lists"
            yield at("decision.collects", task, why, "ask a table with the hit policy UNIQUE, ANY or FIRST")


RULES: tuple[Rule, ...] = (operators, parameters, after_the_end, decisions)
