"""Decisions: what their tables read is declared, and what they repeat are steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.model import Bundle, Business
from engine.decisions import DecisionTable, Rule, check
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding
from engine.feel.syntax import Literal

REPEATS_READS = frozenset({"step", "reason.video"})


def tables(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What the decisions room says of each table that this business asks."""
    business = bundle.business
    asked = {task.decision for task in bundle.drawing.of("businessRuleTask")} | {business.eligibility, business.repeats}
    for name, table in sorted(bundle.decisions.items()):
        if name in asked:
            yield from check(table, read_by(name, business, bundle.declared, known))


def read_by(decision: str, business: Business, declared: Collection[str], known: Known) -> frozenset[str]:
    """The facts that the cells of a decision may read, where these are declared."""
    if decision == business.repeats:
        return REPEATS_READS | frozenset(declared)
    return known.eligibility_reads if decision == business.eligibility else frozenset(declared)


def unused(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A table of the business that nobody asks is checked by nobody; shared ones may serve other businesses."""
    asked = {task.decision for task in bundle.drawing.of("businessRuleTask")}
    asked |= {bundle.business.eligibility, bundle.business.repeats}
    for name, table in sorted(bundle.decisions.items()):
        if name not in asked and table.file.startswith(f"processes/{bundle.business.id}/"):
            yield FAULTS.found("decision.unused", table.file, table.id, table.line, decision=name)


def refusals(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """Every refusal of eligibility has its words in notices.json, and the table gives one of them."""
    table = bundle.decisions.get(bundle.business.eligibility)
    if table is None:
        return
    if collects(table):
        yield FAULTS.found("dmn.hit_policy/one", table.file, table.id, table.line)
    for rule in table.rules:
        for code in sorted(_texts(rule) - bundle.notices.keys()):
            mend = nearest(code, bundle.notices)
            yield FAULTS.found("decision.notice", table.file, rule.id, rule.line, notice=code, mend=mend)


def repeated_steps(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """What a correction repeats are steps of this business; the table gives a list of them."""
    table = bundle.decisions.get(bundle.business.repeats or "")
    if table is None:
        return
    steps = {step.id for step in bundle.steps}
    if not collects(table):
        yield FAULTS.found("dmn.hit_policy/several", table.file, table.id, table.line, table=table.id)
    for rule in table.rules:
        for step in sorted(_texts(rule) - steps):
            yield FAULTS.found("decision.step", table.file, rule.id, rule.line, step=step, mend=nearest(step, steps))


def collects(table: DecisionTable) -> bool:
    """Whether the table answers with a list."""
    return table.hit_policy in ("COLLECT", "RULE ORDER")


def refusals_of(bundle: Bundle) -> set[str]:
    """The notices with which eligibility refuses a start."""
    table = bundle.decisions.get(bundle.business.eligibility)
    return set().union(*map(_texts, table.rules)) if table is not None else set()


def _texts(rule: Rule) -> set[str]:
    roots = [cell.root for cell in rule.outputs if cell]
    return {root.value for root in roots if isinstance(root, Literal) and isinstance(root.value, str)}


RULES = (tables, unused, refusals, repeated_steps)
