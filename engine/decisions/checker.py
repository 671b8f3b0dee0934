"""What can be said against a table before it decides anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from engine.decisions.faults import FAULTS
from engine.decisions.table import DecisionTable, Rule
from engine.feel.checker import check as check_expression
from engine.feel.checker import check_tests
from engine.feel.errors import Problem
from engine.feel.findings import Finding
from engine.feel.said import Words
from engine.feel.syntax import CompareTest, Expression, Literal, Node, RangeTest, UnaryTests, ValueTest

_TYPES: dict[str, type] = {
    "string": str,
    "boolean": bool,
    **dict.fromkeys(("number", "integer", "long", "double"), Decimal),
}


def check(table: DecisionTable, declared: Collection[str]) -> list[Finding]:
    """Unknown names, cells that can never make sense, rules that can never hit or always collide."""
    return [*_columns(table, declared), *_cells(table, declared), *_types(table), *_unreachable(table), *_twins(table)]


def _columns(table: DecisionTable, declared: Collection[str]) -> Iterator[Finding]:
    for column in table.input_columns:
        text = column.expression.text
        for problem in check_expression(text, declared):
            yield _cell(table, column.id, column.line, text, problem)


def _cells(table: DecisionTable, declared: Collection[str]) -> Iterator[Finding]:
    for rule in table.rules:
        for cell in rule.tests:
            for problem in check_tests(cell.text, declared):
                yield _cell(table, rule.id, rule.line, cell.text, problem)
        for result in rule.outputs:
            for problem in check_expression(result.text, declared) if result else ():
                yield _cell(table, rule.id, rule.line, result.text if result else "", problem)


def _cell(table: DecisionTable, element: str, line: int, text: str, problem: Problem) -> Finding:
    what: dict[str, Words] = {
        "text": text.strip()[:80],
        "why": problem.why,
        "place": str(problem.position + 1),
        "mend": problem.mend,
    }
    return FAULTS.found("dmn.cell", table.file, element, line, **what)


def _types(table: DecisionTable) -> Iterator[Finding]:
    for rule in table.rules:
        types = [column.type for column in table.input_columns] + [column.type for column in table.output_columns]
        cells = zip(types, (*rule.tests, *rule.outputs), strict=True)
        for kind, literal in ((kind, literal) for kind, cell in cells for literal in _constants(cell)):
            if not _fits(literal, kind):
                yield FAULTS.found("dmn.type", table.file, rule.id, rule.line, value=_shown(literal), kind=kind)


def _constants(cell: UnaryTests | Expression | None) -> list[Literal]:
    """The constants that a cell compares with, or results in."""
    if cell is None:
        return []
    nodes = [side for test in cell.tests for side in _sides(test)] if isinstance(cell, UnaryTests) else [cell.root]
    return [node for node in nodes if isinstance(node, Literal)]


def _sides(test: Node) -> tuple[Node, ...]:
    match test:
        case ValueTest(value=value):
            return (value,)
        case CompareTest(operand=operand):
            return (operand,)
        case RangeTest(low=low, high=high):
            return (low, high)
        case _:
            return ()


def _shown(literal: Literal) -> str:
    return f'"{literal.value}"' if isinstance(literal.value, str) else str(literal.value).lower()


def _fits(literal: Literal, kind: str) -> bool:
    wanted = _TYPES.get(kind.lower())
    return wanted is None or literal.value is None or isinstance(literal.value, wanted)


def _unreachable(table: DecisionTable) -> Iterator[Finding]:
    """Under FIRST, nothing below a rule that always hits is ever read."""
    always = next((index for index, rule in enumerate(table.rules) if _always(rule)), None)
    if table.hit_policy != "FIRST" or always is None:
        return
    for rule in table.rules[always + 1 :]:
        yield FAULTS.found("dmn.unreachable", table.file, rule.id, rule.line, rule=table.rules[always].id)


def _always(rule: Rule) -> bool:
    return all(not cell.tests for cell in rule.tests)


def _twins(table: DecisionTable) -> Iterator[Finding]:
    """Under UNIQUE, two rules with the same tests collide whenever they hit."""
    seen: dict[tuple[str, ...], Rule] = {}
    for rule in table.rules if table.hit_policy == "UNIQUE" else ():
        tests = tuple(cell.text.strip() or "-" for cell in rule.tests)
        if tests in seen:
            yield FAULTS.found("dmn.twins", table.file, rule.id, rule.line, rule=seen[tests].id)
        seen.setdefault(tests, rule)
