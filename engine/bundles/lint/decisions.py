"""Decisions: what their tables read is declared, and what they repeat are steps."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.decisions import DecisionTable, Rule, check
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding
from engine.feel.syntax import Literal

REPEATS_READS = frozenset({"step", "reason.video"})


def tables(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What the decisions room says of each table that this business asks."""
    business = bundle.business
    asked = {task.decision for task in bundle.drawing.of("businessRuleTask")}
    for name, table in sorted(bundle.decisions.items()):
        if name == business.repeats:
            yield from check(table, bundle.declared | REPEATS_READS)
        elif name == business.eligibility:
            yield from check(table, known.eligibility_reads)
        elif name in asked:
            yield from check(table, bundle.declared)


def refusals(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Every refusal of eligibility has its words in notices.json, and the table gives one of them."""
    table = bundle.decisions.get(bundle.business.eligibility)
    if table is None:
        return
    if collects(table):
        why = "a person is told one refusal, and this table gives a list"
        yield Finding("dmn.hit_policy", table.file, table.id, table.line, why, "choose the hit policy FIRST")
    for rule in table.rules:
        for code in sorted(_texts(rule) - bundle.notices.keys()):
            why, near = f"the refusal {code!r} has no notice", nearest(code, bundle.notices)
            yield Finding("decision.notice", table.file, rule.id, rule.line, why, near)


def repeated_steps(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What a correction repeats are steps of this business; the table gives a list of them."""
    table = bundle.decisions.get(bundle.business.repeats or "")
    if table is None:
        return
    steps = {step.id for step in bundle.steps}
    if not collects(table):
        why = f"{table.id} answers what a correction repeats, which may be several steps"
        yield Finding("dmn.hit_policy", table.file, table.id, table.line, why, "choose the hit policy COLLECT")
    for rule in table.rules:
        for step in sorted(_texts(rule) - steps):
            why, near = f"repeats the unknown step {step!r}", nearest(step, steps)
            yield Finding("decision.step", table.file, rule.id, rule.line, why, near)


def collects(table: DecisionTable) -> bool:
    """Whether the table answers with a list."""
    return table.hit_policy in ("COLLECT", "RULE ORDER")


def _texts(rule: Rule) -> set[str]:
    roots = [cell.root for cell in rule.outputs if cell]
    return {root.value for root in roots if isinstance(root, Literal) and isinstance(root.value, str)}


RULES = (tables, refusals, repeated_steps)
