"""Decision tables as an analyst writes them: columns, rules and cells as text, whatever is wrong with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.decisions.allowed import DMN, check_elements, local
from engine.decisions.errors import BadDecisions
from engine.decisions.faults import FAULTS
from engine.decisions.table import HIT_POLICIES
from engine.diagrams.typed import in_one_line, typed
from engine.diagrams.xml import BadXml, read_xml
from engine.feel.findings import Finding
from engine.feel.said import Words

NOTES = ("description", "annotationEntry")


@dataclass(frozen=True)
class Column:
    """`says` is what an input tests, or the name of an output; `was` its place in the file, None for a new one."""

    was: int | None
    label: str = ""
    says: str = ""
    type: str = ""


@dataclass(frozen=True)
class Line:
    """One rule. `was` is its place in the file, None for a new one."""

    was: int | None
    note: str
    tests: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One decision of a file. `id` never changes: diagrams and the record of the business name it."""

    id: str
    name: str
    hit_policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    lines: tuple[Line, ...]


def read_sheets(data: bytes, file: str) -> list[Sheet]:
    """The tables of a file. BadDecisions where it holds what a sheet would not show: that must not get lost."""
    decisions = list(sound_root(data, file).iterfind(f"{DMN}decision"))
    return [_sheet(decision) for decision in decisions]


def sound_root(data: bytes, file: str) -> etree._Element:
    """The document, when every table of it can be shown as a sheet; raises BadDecisions."""
    try:
        root = read_xml(file, data)
    except BadXml as wrong:
        raise BadDecisions([wrong.finding]) from wrong
    findings = check_elements(file, root) or list(_unshown(file, root))
    if findings:
        raise BadDecisions(findings)
    return root


def text_in(element: etree._Element | None) -> str:
    """The text of an expression or a cell."""
    inner = None if element is None else element.find(f"{DMN}text")
    return "" if inner is None else typed(inner.text)


def note_of(rule: etree._Element) -> etree._Element | None:
    """Where the analyst's note of a rule stands: the first of its kinds."""
    return next((child for child in rule if local(child) in NOTES), None)


def note_text(note: etree._Element | None) -> str:
    """A description holds its text itself, an annotation in an element of its own."""
    if note is None:
        return ""
    return typed(note.text) if local(note) == "description" else text_in(note)


def _unshown(file: str, root: etree._Element) -> Iterator[Finding]:
    decisions = list(root.iterfind(f"{DMN}decision"))
    if not decisions:
        yield FAULTS.found("dmn.empty/file", file, None, 1)
    for decision in decisions:
        table = decision.find(f"{DMN}decisionTable")
        if table is None:
            yield _at("dmn.empty/table", file, decision)
        else:
            yield from _unshown_table(file, table)


def _unshown_table(file: str, table: etree._Element) -> Iterator[Finding]:
    policy, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation")
    if policy not in HIT_POLICIES:
        yield _at("dmn.hit_policy/unknown", file, table, policy=policy, policies=", ".join(HIT_POLICIES))
    if aggregation:
        yield _at("dmn.hit_policy/aggregation", file, table, aggregation=aggregation)
    inputs, outputs = (len(table.findall(f"{DMN}{kind}")) for kind in ("input", "output"))
    for rule in table.iterfind(f"{DMN}rule"):
        tests, results = (len(rule.findall(f"{DMN}{kind}Entry")) for kind in ("input", "output"))
        if (tests, results) != (inputs, outputs):
            counts = {"tests": tests, "results": results, "inputs": inputs, "outputs": outputs}
            yield _at("dmn.columns/cells", file, rule, **{name: str(count) for name, count in counts.items()})


def _at(fault: str, file: str, where: etree._Element, /, **what: Words) -> Finding:
    return FAULTS.found(fault, file, where.get("id"), where.sourceline, **what)


def _sheet(decision: etree._Element) -> Sheet:
    table = next(decision.iterfind(f"{DMN}decisionTable"))
    return Sheet(
        id=decision.get("id", ""),
        name=in_one_line(decision.get("name")),
        hit_policy=table.get("hitPolicy", "UNIQUE"),
        inputs=tuple(_input(at, column) for at, column in enumerate(table.iterfind(f"{DMN}input"))),
        outputs=tuple(_output(at, column) for at, column in enumerate(table.iterfind(f"{DMN}output"))),
        lines=tuple(_line(at, rule) for at, rule in enumerate(table.iterfind(f"{DMN}rule"))),
    )


def _input(at: int, column: etree._Element) -> Column:
    source = column.find(f"{DMN}inputExpression")
    kind = "" if source is None else source.get("typeRef", "")
    return Column(at, in_one_line(column.get("label")), text_in(source), in_one_line(kind))


def _output(at: int, column: etree._Element) -> Column:
    label, name, kind = (in_one_line(column.get(key)) for key in ("label", "name", "typeRef"))
    return Column(at, label, name, kind)


def _line(at: int, rule: etree._Element) -> Line:
    tests = tuple(text_in(cell) for cell in rule.iterfind(f"{DMN}inputEntry"))
    results = tuple(text_in(cell) for cell in rule.iterfind(f"{DMN}outputEntry"))
    return Line(at, note_text(note_of(rule)), tests, results)
