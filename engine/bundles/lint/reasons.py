"""Reject reasons: what each names is there, and a drawn road leads from its desk to its step."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.files import SHARED
from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import components, field_keys
from engine.bundles.model import Bundle, Reason
from engine.bundles.reading import form_path
from engine.diagrams.lint.subject import nearest
from engine.diagrams.roads import asks_next
from engine.diagrams.words import called
from engine.feel.findings import Finding
from engine.feel.said import Words

WIDGET = "reject_reasons"


def codes(bundle: Bundle, known: Known) -> Iterator[Finding]:
    seen: set[str] = set()
    for reason in bundle.reasons:
        if reason.code in seen:
            yield _at(reason, "code", "reason.duplicate", code=reason.code)
        seen.add(reason.code)


def steps(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A reason asks a step again, or it is final."""
    ids = {step.id for step in bundle.steps}
    for reason in bundle.reasons:
        if reason.final and reason.step is not None:
            yield _at(reason, "step", "reason.step/final")
        elif not reason.final and reason.step is None:
            yield _at(reason, "step", "reason.step/none")
        elif reason.step is not None and reason.step not in ids:
            what: dict[str, Words] = {"code": reason.code, "step": reason.step, "mend": nearest(reason.step, ids)}
            yield _at(reason, "step", "reason.step/unknown", **what)


def desks(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Shared reasons may name desks of other businesses."""
    ids = {step.id for step in bundle.steps}
    for reason in bundle.reasons:
        if not reason.desks:
            yield _at(reason, "desks", "reason.desk/none")
        for desk in reason.desks:
            if desk not in ids and not reason.place.file.startswith(f"processes/{SHARED}/"):
                what: dict[str, Words] = {"code": reason.code, "desk": desk, "mend": nearest(desk, ids)}
                yield _at(reason, "desks", "reason.desk/unknown", **what)


def asked(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A desk whose form asks for reasons has some to choose from."""
    named = {desk for reason in bundle.reasons for desk in reason.desks}
    asking = {place.file for place, component in components(bundle) if component["properties"].get("widget") == WIDGET}
    for element in bundle.drawing.steps:
        form = element.properties.get("form", "")
        if form_path(form) in asking and element.id not in named:
            line = element.property_lines.get("form", element.line)
            yield FAULTS.found("reason.none", element.file, element.id, line, desk=called(element), id=element.id)


def fields(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """The field beside which the reason stands is on the step's form."""
    forms = {step.id: step.form for step in bundle.steps}
    for reason in bundle.reasons:
        keys = field_keys(bundle.forms.get(forms.get(reason.step or "", ""), {}))
        if reason.field is not None and reason.step in forms and reason.field not in keys:
            what: dict[str, Words] = {
                "step": str(reason.step),
                "field": reason.field,
                "mend": nearest(reason.field, keys),
            }
            yield _at(reason, "field", "reason.field", **what)


def roads(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """From the desk a drawn road leads to the step, without asking another step first."""
    elements = {element.id: element for element in bundle.drawing.steps}
    for reason in bundle.reasons:
        for desk in reason.desks:
            if reason.step not in elements or desk not in elements:
                continue
            if reason.step not in asks_next(bundle.drawing, elements[desk]):
                what: dict[str, Words] = {"desk": called(elements[desk]), "step": called(elements[reason.step])}
                yield _at(reason, "step", "reason.road", **what)


def _at(reason: Reason, key: str, fault: str, /, **what: Words) -> Finding:
    return FAULTS.found(fault, reason.place.file, reason.code, reason.place.line(key), **what)


RULES = (codes, steps, desks, asked, fields, roads)
