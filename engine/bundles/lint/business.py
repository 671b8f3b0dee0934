"""The business's record: what it names is there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding


def known_decisions(bundle: Bundle, known: Known) -> Iterator[Finding]:
    business = bundle.business
    for name, decision in (("eligibility", business.eligibility), ("repeats", business.repeats)):
        if decision is not None and decision not in bundle.decisions:
            why = f"{name} names the decision {decision!r}, which no table gives"
            yield _finding(bundle, "business.decision", why, nearest(decision, bundle.decisions))


def milestones(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """The step list of the customer: each step at most once, and no step that does not exist."""
    steps = {step.id for step in bundle.steps}
    seen: set[str] = set()
    for milestone in bundle.business.milestones:
        for step in milestone.steps:
            if step not in steps:
                why = f"the milestone {milestone.id} holds the unknown step {step!r}"
                yield _finding(bundle, "business.milestone", why, nearest(step, steps))
            elif step in seen:
                yield _finding(bundle, "business.milestone", f"{step} stands in two milestones", "keep it in one")
            seen.add(step)


def _finding(bundle: Bundle, rule: str, why: str, mend: str) -> Finding:
    return Finding(rule, f"processes/{bundle.business.id}/business.json", None, None, why, mend)


RULES = (known_decisions, milestones)
