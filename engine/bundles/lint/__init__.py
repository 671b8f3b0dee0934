"""The rules for a bundle as a whole; those for its diagrams are in `engine.diagrams.lint`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.bundles.facts import sure_facts
from engine.bundles.known import Known
from engine.bundles.lint import business, decisions, facts, forms, notices, questions, reasons, scenarios, texts
from engine.bundles.model import Bundle
from engine.diagrams.lint import check_drawing
from engine.diagrams.lint.subject import Subject
from engine.feel.findings import Finding, first

Rule = Callable[[Bundle, Known], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *business.RULES,
    *forms.RULES,
    *notices.RULES,
    *facts.RULES,
    *reasons.RULES,
    *questions.RULES,
    *decisions.RULES,
    *scenarios.RULES,
    *texts.RULES,
)


def check_bundle(bundle: Bundle, known: Known) -> list[Finding]:
    """Everything that the rules have against a bundle, in the order of its files."""
    findings = [*check_drawing(_subject(bundle, known))]
    for rule in RULES:
        findings += first(rule(bundle, known))
    return sorted(set(findings), key=lambda finding: (finding.file, finding.line or 0, finding.rule, finding.why.en))


def _subject(bundle: Bundle, known: Known) -> Subject:
    return Subject(
        drawing=bundle.drawing,
        services=known.services,
        roles=known.roles,
        forms=frozenset(bundle.forms),
        decisions=frozenset(bundle.decisions),
        collecting=frozenset(name for name, table in bundle.decisions.items() if decisions.collects(table)),
        declared=bundle.declared,
        given=sure_facts(bundle.drawing, bundle.forms, bundle.decisions, known),
    )
