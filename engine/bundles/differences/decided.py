"""What the decision tables of a version decide: tables, columns, rules and the order of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.differences import naming
from engine.bundles.differences.comparing import Aspect, Key, Order, Thing
from engine.bundles.model import Bundle
from engine.decisions import DecisionTable, Rule
from engine.feel.said import Said


def tables(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for table in bundle.decisions.values():
        aspects = {
            "name": Aspect(Said("名称", "name"), naming.name(bundle, table.name) if table.name else None, "renamed"),
            "policy": Aspect(Said("命中策略", "hit policy"), naming.code(table.hit_policy), told=True),
        }
        found[table.id] = Thing("table", table.file, table.id, _table(bundle, table), aspects)
    return found


def columns(bundle: Bundle) -> dict[Key, Thing]:
    """Inputs by what they test, outputs by their name."""
    found: dict[Key, Thing] = {}
    for table in bundle.decisions.values():
        for kind, name, own, holds in _columns(table):
            what = Said("{table}的{kind} {name}", "{kind} {name} of {table}")
            what = what.filled(table=_table(bundle, table), kind=kind, name=name)
            aspects = {"type": Aspect(Said("类型", "type"), naming.code(holds))}
            found[table.id, kind, name] = Thing("column", table.file, own, what, aspects)
    return found


def rules(bundle: Bundle) -> dict[Key, Thing]:
    """By their id, since a rule has no name."""
    return {(table.id, name): _rule(bundle, table, number, rule)
            for table in bundle.decisions.values() for number, name, rule in _numbered(table)}  # fmt: skip


def orders(bundle: Bundle) -> dict[str, Order]:
    found: dict[str, Order] = {}
    for table in bundle.decisions.values():
        what = Said("{table}的规则", "the rules of {table}").filled(table=_table(bundle, table))
        found[table.id] = Order(
            Thing("table", table.file, table.id, what),
            {name: _cells(table, rule) for _, name, rule in _numbered(table)},
        )
    return found


def _table(bundle: Bundle, table: DecisionTable) -> Said:
    return naming.called(Said("决策表", "table"), table.id, naming.name(bundle, table.name) if table.name else None)


def _columns(table: DecisionTable) -> Iterator[tuple[Said, str, str, str]]:
    for column in table.input_columns:
        yield Said("输入列", "input"), column.expression.text.strip(), column.id, column.type
    for output in table.output_columns:
        yield Said("输出列", "output"), output.name, output.id, output.type


def _numbered(table: DecisionTable) -> Iterator[tuple[int, str, Rule]]:
    for number, rule in enumerate(table.rules, start=1):
        yield number, rule.id or f"#{number}", rule


def _rule(bundle: Bundle, table: DecisionTable, number: int, rule: Rule) -> Thing:
    what = Said("{table}的规则 {number}", "rule {number} of {table}")
    what = what.filled(table=_table(bundle, table), number=str(number))
    cells = Aspect(Said("内容", "content"), _cells(table, rule), told=True)
    return Thing("rule", table.file, rule.id or None, what, {"cells": cells, "notes": _notes(bundle, rule)})


def _notes(bundle: Bundle, rule: Rule) -> Aspect:
    return Aspect(Said("说明", "description"), naming.value(bundle, " ".join(rule.notes)))


def _cells(table: DecisionTable, rule: Rule) -> Said:
    """A rule in one line: what it tests, and what it gives."""
    pairs = zip(table.input_columns, rule.tests, strict=False)
    tests = [f"{column.expression.text.strip()}: {cell.text.strip() or '-'}" for column, cell in pairs]
    outputs = zip(table.outputs, rule.outputs, strict=False)
    gives = [f"{name} = {cell.text.strip() if cell else 'null'}" for name, cell in outputs]
    line = f"[{', '.join(tests)} → {', '.join(gives)}]"
    return Said(line, line)
