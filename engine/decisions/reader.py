"""DMN 1.3 files to decision tables; what is not supported is refused, never skipped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from lxml import etree

from engine.decisions.allowed import DMN, check_elements, local
from engine.decisions.errors import BadDecisions
from engine.decisions.faults import FAULTS
from engine.decisions.table import HIT_POLICIES, DecisionTable, InputColumn, OutputColumn, Rule
from engine.diagrams.xml import BadXml, read_xml
from engine.feel.errors import FeelError
from engine.feel.findings import MOST, Finding
from engine.feel.parser import parse, parse_tests
from engine.feel.said import Words
from engine.feel.syntax import Expression, Name

T = TypeVar("T")
_NOTHING = parse("null")


def load_decisions(data: bytes, file: str) -> dict[str, DecisionTable]:
    """The decision tables of a file by their id; raises BadDecisions with all that is wrong."""
    try:
        root = read_xml(file, data)
    except BadXml as wrong:
        raise BadDecisions([wrong.finding]) from wrong
    findings = check_elements(file, root)
    if findings:
        raise BadDecisions(findings)
    reader = _Reader(file)
    tables = [reader.table(decision) for decision in root.iterfind(f"{DMN}decision")]
    reader.check_ids(tables)
    if reader.findings:
        raise BadDecisions(reader.findings)
    return {table.id: table for table in tables}


class _Reader:
    """Reads on after a fault, so that an analyst sees all of them at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def check_ids(self, tables: list[DecisionTable]) -> None:
        """Refuse a file without decisions and ids that are used twice."""
        if not tables:
            self._say("dmn.empty/file", None, 1)
        first: set[str] = set()
        for table in tables:
            if table.id in first:
                self._say("dmn.twice", table.id, table.line, id=table.id)
            first.add(table.id)

    def table(self, decision: etree._Element) -> DecisionTable:
        """One decision; its faults go to `findings`."""
        table = decision.find(f"{DMN}decisionTable")
        own = decision.get("id", "")
        if table is None:
            self._at("dmn.empty/table", decision)
            return DecisionTable(own, "", self._file, _line(decision), "UNIQUE", (), (), ())
        inputs = tuple(self._input(column) for column in table.iterfind(f"{DMN}input"))
        outputs = tuple(self._output(column) for column in table.iterfind(f"{DMN}output"))
        self._check_columns(table, inputs, outputs)
        rules = tuple(self._rule(rule, len(inputs), len(outputs)) for rule in table.iterfind(f"{DMN}rule"))
        name, policy = decision.get("name", ""), self._hit_policy(table)
        return DecisionTable(own, name, self._file, _line(decision), policy, inputs, outputs, rules)

    def _hit_policy(self, table: etree._Element) -> str:
        policy = table.get("hitPolicy", "UNIQUE")
        if policy not in HIT_POLICIES:
            self._at("dmn.hit_policy/unknown", table, policy=policy, policies=", ".join(HIT_POLICIES))
        if table.get("aggregation"):
            self._at("dmn.hit_policy/aggregation", table, aggregation=table.get("aggregation", ""))
        return policy

    def _input(self, column: etree._Element) -> InputColumn:
        source = column.find(f"{DMN}inputExpression")
        text = _text(source)
        if not text:
            self._at("dmn.input", column)
        expression = self._parsed(column if source is None else source, text or "null", parse) or _NOTHING
        kind = source.get("typeRef", "") if source is not None else ""
        return InputColumn(column.get("id", ""), column.get("label", ""), kind, _line(column), expression)

    def _output(self, column: etree._Element) -> OutputColumn:
        name = column.get("name", "").strip()
        if not _is_name(name):
            self._at("dmn.output/name", column, name=name)
        own, label, kind = (column.get(key, "") for key in ("id", "label", "typeRef"))
        return OutputColumn(own, name, label, kind, _line(column))

    def _check_columns(
        self, table: etree._Element, inputs: tuple[InputColumn, ...], outputs: tuple[OutputColumn, ...]
    ) -> None:
        if not inputs or not outputs:
            self._at("dmn.columns/none", table)
        names = Counter(column.name for column in outputs)
        for name in sorted(name for name, count in names.items() if count > 1):
            self._at("dmn.output/twice", table, name=name)

    def _rule(self, rule: etree._Element, inputs: int, outputs: int) -> Rule:
        tests = [self._parsed(cell, _text(cell), parse_tests) for cell in rule.iterfind(f"{DMN}inputEntry")]
        results = [self._result(cell) for cell in rule.iterfind(f"{DMN}outputEntry")]
        if (len(tests), len(results)) != (inputs, outputs):
            counts = {"tests": len(tests), "results": len(results), "inputs": inputs, "outputs": outputs}
            self._at("dmn.columns/cells", rule, **{name: str(count) for name, count in counts.items()})
        cells = tuple(cell or parse_tests("-") for cell in tests)
        notes = tuple(_text(note) for note in rule if local(note) in ("annotationEntry", "description"))
        return Rule(rule.get("id", ""), _line(rule), cells, tuple(results), notes)

    def _result(self, cell: etree._Element) -> Expression | None:
        text = _text(cell)
        return self._parsed(cell, text, parse) if text else None

    def _parsed(self, element: etree._Element, text: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(text)
        except FeelError as wrong:
            place = str(wrong.position + 1)
            self._at("dmn.cell", element, text=text[:80], why=wrong.why, place=place, mend=wrong.mend)
            return None

    def _at(self, fault: str, where: etree._Element, /, **what: Words) -> None:
        self._say(fault, where.get("id"), _line(where), **what)

    def _say(self, fault: str, element: str | None, line: int, /, **what: Words) -> None:
        if len(self.findings) < MOST:
            self.findings.append(FAULTS.found(fault, self._file, element, line, **what))


def _is_name(text: str) -> bool:
    try:
        return isinstance(parse(text).root, Name)
    except FeelError:
        return False


def _text(element: etree._Element | None) -> str:
    """The text of an expression or a cell."""
    inner = None if element is None else element.find(f"{DMN}text")
    return "" if inner is None or inner.text is None else inner.text.strip()


def _line(element: etree._Element) -> int:
    return element.sourceline or 1
