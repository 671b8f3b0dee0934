"""The business's record: what it names is there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.model import Bundle
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding
from engine.feel.said import Words


def known_decisions(bundle: Bundle, known: Known) -> Iterator[Finding]:
    place = bundle.business.place
    for key, decision in (("eligibility", bundle.business.eligibility), ("repeats", bundle.business.repeats)):
        if decision is not None and decision not in bundle.decisions:
            what: dict[str, Words] = {"key": key, "decision": decision, "mend": nearest(decision, bundle.decisions)}
            yield FAULTS.found("business.decision", place.file, None, place.line(key), **what)


def milestones(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """The step list of the customer: each step at most once, and no step that does not exist."""
    steps = {step.id for step in bundle.steps}
    seen: set[str] = set()
    for milestone in bundle.business.milestones:
        for number, step in enumerate(milestone.steps):
            place, line = milestone.place, milestone.place.line("steps", number)
            if step not in steps:
                what: dict[str, Words] = {"milestone": milestone.id, "step": step, "mend": nearest(step, steps)}
                yield FAULTS.found("business.milestone/unknown", place.file, milestone.id, line, **what)
            elif step in seen:
                yield FAULTS.found("business.milestone/twice", place.file, milestone.id, line, step=step)
            seen.add(step)


RULES = (known_decisions, milestones)
