"""The rules for diagrams: each a small function that gives findings, sorted into files by subject."""

from __future__ import annotations

from engine.diagrams.lint import branches, events, expressions, flows, given, loops, services, steps
from engine.diagrams.lint.subject import Rule, Subject
from engine.feel.findings import Finding, first

RULES: tuple[Rule, ...] = (
    *flows.RULES,
    *loops.RULES,
    *branches.RULES,
    *steps.RULES,
    *services.RULES,
    *expressions.RULES,
    *given.RULES,
    *events.RULES,
)


def check_drawing(subject: Subject) -> list[Finding]:
    """Everything that the rules have against a drawing whose structure is whole, in the order of the files."""
    findings = [finding for rule in RULES for finding in first(rule(subject))]
    return sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.rule))
