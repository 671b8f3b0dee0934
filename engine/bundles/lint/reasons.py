"""Reject reasons: what each names is there, and a drawn road leads from its desk to its step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.lint.forms import field_keys
from engine.bundles.model import Bundle, Reason
from engine.bundles.places import file_of
from engine.bundles.records import line_of
from engine.diagrams.lint.subject import nearest
from engine.diagrams.roads import asks_next
from engine.feel.findings import Finding


def codes(bundle: Bundle, known: Known) -> Iterator[Finding]:
    counts = Counter(reason.code for reason in bundle.reasons)
    for reason in bundle.reasons:
        if counts[reason.code] > 1:
            yield _finding(bundle, reason, "reason.duplicate", f"the code {reason.code} stands twice", "rename one")


def steps(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A reason asks a step again, or it is final."""
    ids = {step.id for step in bundle.steps}
    for reason in bundle.reasons:
        if reason.final == (reason.step is not None):
            why = "a final reason asks no step again" if reason.final else "the reason names no step"
            yield _finding(bundle, reason, "reason.step", why, "give it a step, or make it final")
        elif reason.step is not None and reason.step not in ids:
            why = f"the reason {reason.code} asks the unknown step {reason.step!r} again"
            yield _finding(bundle, reason, "reason.step", why, nearest(reason.step, ids))


def desks(bundle: Bundle, known: Known) -> Iterator[Finding]:
    ids = {step.id for step in bundle.steps}
    for reason in bundle.reasons:
        if not reason.desks:
            yield _finding(bundle, reason, "reason.desk", "no desk may give this reason", "add desks")
        for desk in reason.desks:
            if desk not in ids and not _from_shared(bundle, reason):
                why = f"the reason {reason.code} names the unknown desk {desk!r}"
                yield _finding(bundle, reason, "reason.desk", why, nearest(desk, ids))


def fields(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """The field beside which the reason stands is on the step's form."""
    forms = {step.id: step.form for step in bundle.steps}
    for reason in bundle.reasons:
        keys = field_keys(bundle.forms.get(forms.get(reason.step or "", ""), {}))
        if reason.field is not None and reason.step in forms and reason.field not in keys:
            why = f"the form of {reason.step} has no field {reason.field!r}"
            yield _finding(bundle, reason, "reason.field", why, nearest(reason.field, keys))


def roads(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """From the desk a drawn road leads to the step, without asking another step first."""
    elements = {element.id: element for element in bundle.drawing.steps}
    for reason in bundle.reasons:
        for desk in reason.desks:
            if reason.step not in elements or desk not in elements:
                continue
            if reason.step not in asks_next(bundle.drawing, elements[desk]):
                why = f"no road leads from {desk} to {reason.step} without asking another step first"
                mend = f"draw a flow from {desk} to the head of the chain of steps"
                yield _finding(bundle, reason, "reason.road", why, mend)


def _finding(bundle: Bundle, reason: Reason, rule: str, why: str, mend: str) -> Finding:
    path = file_of(bundle, "reasons.json", reason.code)
    return Finding(rule, path, reason.code, line_of(bundle.files[path], reason.code), why, mend)


def _from_shared(bundle: Bundle, reason: Reason) -> bool:
    """Shared reasons may name desks of other businesses."""
    return file_of(bundle, "reasons.json", reason.code).startswith("processes/shared/")


RULES = (codes, steps, desks, fields, roads)
