"""Which facts a bundle declares: its steps, its forms, its services, its decisions, and the engine's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bundles.known import Known
from engine.bundles.reading import form_path
from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Key

OWN = frozenset({"back", "rejection.final"})


@dataclass(frozen=True)
class Declared:
    """A fact with the place that declares it."""

    name: str
    file: str
    element: str | None = None
    line: int | None = None


def engine_facts(drawing: Drawing, known: Known) -> frozenset[str]:
    """The facts that the engine itself keeps."""
    steps = {f"{prefix}.{step.id}" for step in drawing.steps for prefix in ("todo", "again")}
    return frozenset(OWN | steps | {f"settings.{name}" for name in known.settings})


def sure_facts(
    drawing: Drawing, forms: Mapping[str, dict[str, Any]], decisions: Mapping[str, Any], known: Known
) -> dict[Key, frozenset[str]]:
    """By element, what it surely gives when it is done."""
    found = {
        step.key: known.form_sure(forms[form])
        for step in drawing.steps
        if (form := step.properties.get("form", "")) in forms
    }
    for task in drawing.of("serviceTask"):
        service = known.services.get(task.operator.id) if task.operator else None
        found[task.key] = frozenset(service.results if service else ())
    for task in drawing.of("businessRuleTask"):
        table = decisions.get(task.decision or "")
        found[task.key] = frozenset(column.name for column in table.output_columns) if table else frozenset()
    return found


def given_facts(
    drawing: Drawing, forms: Mapping[str, dict[str, Any]], decisions: Mapping[str, Any], known: Known
) -> Iterator[Declared]:
    """The facts that the forms, services and decisions which the diagrams use may give."""
    for key in sorted({step.properties.get("form", "") for step in drawing.steps} & forms.keys()):
        for name in known.form_facts(forms[key]):
            yield Declared(name, form_path(key))
    for task in drawing.of("serviceTask"):
        service = known.services.get(task.operator.id) if task.operator else None
        for name in service.results if service else ():
            yield Declared(name, task.file, task.id, task.line)
    for task in drawing.of("businessRuleTask"):
        table = decisions.get(task.decision or "")
        if table is not None:
            for column in table.output_columns:
                yield Declared(column.name, table.file, column.id or None, column.line)
