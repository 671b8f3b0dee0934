"""A decision table: columns, rules and the hit policy that says what the rules that hit amount to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.decisions.errors import DecisionError
from engine.decisions.faults import FAULTS
from engine.feel.checker import names
from engine.feel.errors import FeelError, did_you_mean
from engine.feel.evaluator import evaluate, passes
from engine.feel.faults import DECLARE
from engine.feel.syntax import Expression, UnaryTests
from engine.feel.values import Value, to_plain

HIT_POLICIES = ("UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER")
_LISTS = ("COLLECT", "RULE ORDER")

Facts = Mapping[str, object]
Outputs = dict[str, object]


@dataclass(frozen=True)
class InputColumn:
    """What the cells of a column are tested against."""

    id: str
    label: str
    type: str
    line: int
    expression: Expression


@dataclass(frozen=True)
class OutputColumn:
    """A named result."""

    id: str
    name: str
    label: str
    type: str
    line: int


@dataclass(frozen=True)
class Rule:
    """One row: tests, outputs (None: null) and the analyst's notes."""

    id: str
    line: int
    tests: tuple[UnaryTests, ...]
    outputs: tuple[Expression | None, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionTable:
    """One decision of a DMN file."""

    id: str
    name: str
    file: str
    line: int
    hit_policy: str
    input_columns: tuple[InputColumn, ...]
    output_columns: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The facts that the input expressions read, sorted."""
        return tuple(sorted({name for column in self.input_columns for name in names(column.expression)}))

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the results."""
        return tuple(column.name for column in self.output_columns)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every fact that the table reads, in whatever cell."""
        tested = {name for rule in self.rules for cell in rule.tests for name in names(cell)}
        told = {name for rule in self.rules for cell in rule.outputs if cell for name in names(cell)}
        return frozenset(self.inputs) | tested | told

    def decide(self, facts: Facts, declared: Collection[str] | None = None) -> Outputs | list[Outputs]:
        """What the table says: one set of outputs ({} without a hit), or a list of them for COLLECT and RULE ORDER."""
        hits = self.hits(facts, declared)
        found = [self._outputs(rule, facts, declared) for rule in hits]
        if self.hit_policy in _LISTS:
            return found
        if self.hit_policy == "UNIQUE" and len(hits) > 1:
            raise self._violated("dmn.hits/unique", hits)
        if self.hit_policy == "ANY" and any(outputs != found[0] for outputs in found):
            raise self._violated("dmn.hits/any", hits)
        return found[0] if found else {}

    def hits(self, facts: Facts, declared: Collection[str] | None = None) -> tuple[Rule, ...]:
        """The rules whose tests all pass, in the order of the table."""
        self._refuse_unknown(declared)
        values = [self._value(column, facts, declared) for column in self.input_columns]
        return tuple(rule for rule in self.rules if self._hits(rule, values, facts, declared))

    def _hits(self, rule: Rule, values: list[Value], facts: Facts, declared: Collection[str] | None) -> bool:
        try:
            pairs = zip(rule.tests, values, strict=True)
            return all(passes(cell, value, facts, declared) for cell, value in pairs)
        except FeelError as wrong:
            raise self._failed(rule.id, rule.line, wrong) from wrong

    def _value(self, column: InputColumn, facts: Facts, declared: Collection[str] | None) -> Value:
        try:
            return evaluate(column.expression, facts, declared)
        except FeelError as wrong:
            raise self._failed(column.id, column.line, wrong) from wrong

    def _outputs(self, rule: Rule, facts: Facts, declared: Collection[str] | None) -> Outputs:
        cells = zip(self.outputs, rule.outputs, strict=True)
        try:
            return {name: None if cell is None else to_plain(evaluate(cell, facts, declared)) for name, cell in cells}
        except FeelError as wrong:
            raise self._failed(rule.id, rule.line, wrong) from wrong

    def _refuse_unknown(self, declared: Collection[str] | None) -> None:
        """An unknown name in a cell that is not reached would hide otherwise."""
        unknown = sorted(self.names - set(declared)) if declared is not None else []
        if unknown:
            mend = did_you_mean(unknown[0], declared or (), DECLARE)
            raise DecisionError(FAULTS.found("dmn.name", self.file, self.id, self.line, name=unknown[0], mend=mend))

    def _failed(self, element: str, line: int, wrong: FeelError) -> DecisionError:
        return DecisionError(FAULTS.found("dmn.value", self.file, element, line, why=wrong.why, mend=wrong.mend))

    def _violated(self, fault: str, hits: tuple[Rule, ...]) -> DecisionError:
        rules = ", ".join(f"{rule.id} (line {rule.line})" for rule in hits)
        return DecisionError(FAULTS.found(fault, self.file, self.id, self.line, rules=rules))
