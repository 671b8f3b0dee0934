"""Ids against the version before: rows, facts, reasons and scenarios of running cases name steps by them.

A step may go, and a new one may come; but an id that now means something else, or one that went though its step
stayed, would quietly cut a case off from what its customer answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.lint.faults import FAULTS
from engine.bundles.model import Bundle
from engine.bundles.reading import form_path
from engine.diagrams.model import Element
from engine.diagrams.words import KINDS, called
from engine.feel.findings import Finding, first
from engine.feel.said import Words


def check_ids(before: Bundle, after: Bundle) -> list[Finding]:
    """What the ids of `after` say differently from those of `before`, a version of the same business."""
    found = [*_other_kinds(before, after), *_other_steps(before, after), *_renamed(before, after)]
    return first(sorted(found, key=lambda one: (one.file, one.line or 0, one.rule)))


def _other_kinds(before: Bundle, after: Bundle) -> Iterator[Finding]:
    """An id that named a step names a gateway now, or another element a step."""
    for item in after.drawing.elements.values():
        was = before.drawing.elements.get(item.key)
        if was is not None and was.kind != item.kind and "userTask" in (was.kind, item.kind):
            yield _at("id.meaning/kind", item, id=item.id, was=KINDS[was.kind], now=KINDS[item.kind])


def _other_steps(before: Bundle, after: Bundle) -> Iterator[Finding]:
    """A step of the same id has another name and another form: it is another step."""
    old = {step.id: step for step in before.drawing.steps}
    for step in after.drawing.steps:
        was = old.get(step.id)
        if was is not None and was.name != step.name and _form(was) != _form(step):
            yield _at("id.meaning/step", step, id=step.id, was=was.name, now=step.name)


def _renamed(before: Bundle, after: Bundle) -> Iterator[Finding]:
    """The step is there still, under another id."""
    ids = {step.id for step in before.drawing.steps}
    gone = {(step.name, _form(step)): step for step in before.drawing.steps if not after.has_step(step.id)}
    for step in after.drawing.steps:
        was = gone.get((step.name, _form(step)))
        if was is not None and step.id not in ids:
            yield _at("id.vanished", step, was=was.id, now=step.id, step=called(step))


def _form(step: Element) -> str:
    return form_path(step.properties.get("form", ""))


def _at(fault: str, item: Element, /, **what: Words) -> Finding:
    return FAULTS.found(fault, item.file, item.id, item.line, **what)
