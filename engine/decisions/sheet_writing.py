"""A sheet put back into its file: what was not touched stays, byte for byte, and every id that is there is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from engine.decisions.allowed import DMN, local
from engine.decisions.sheets import (
    Column,
    Line,
    Sheet,
    note_of,
    note_text,
    read_sheets,
    sound_root,
    text_in,
)
from engine.diagrams.typed import in_one_line
from engine.diagrams.writing import canonical

_HEAD = ("description", "extensionElements")
_WITH_TEXT = ("inputExpression", "inputEntry", "outputEntry")


def written(data: bytes, file: str, number: int, sheet: Sheet) -> bytes:
    """The file with that table of it as the sheet has it; raises BadDecisions where it can be no sheet."""
    if read_sheets(data, file)[number] == sheet:
        return data
    root = sound_root(data, file)
    decision = root.findall(f"{DMN}decision")[number]
    _Writer(root, decision).write(sheet)
    return canonical(file, etree.tostring(root, encoding="utf-8"))


class _Writer:
    """Writes one table. New elements get ids that nothing in the file has."""

    def __init__(self, root: etree._Element, decision: etree._Element) -> None:
        self.decision = decision
        self.table = next(decision.iterfind(f"{DMN}decisionTable"))
        self.ids = {element.get("id") for element in root.iter()}
        self.own = decision.get("id") or "decision"

    def write(self, sheet: Sheet) -> None:
        _set(self.decision, "name", sheet.name)
        _set(self.table, "hitPolicy", sheet.hit_policy, unsaid="UNIQUE")
        inputs = self._columns("input", sheet.inputs, self._input)
        outputs = self._columns("output", sheet.outputs, self._output)
        rules = self._rules(sheet)
        _put(self.table, {"input": inputs, "output": outputs, "rule": rules})

    def _columns(
        self, kind: str, columns: Sequence[Column], fill: Callable[[etree._Element, Column], None]
    ) -> list[etree._Element]:
        old = self.table.findall(f"{DMN}{kind}")
        made = [self._made(kind, f"{self.own}_{kind}") if one.was is None else old[one.was] for one in columns]
        for element, column in zip(made, columns, strict=True):
            fill(element, column)
        return made

    def _input(self, element: etree._Element, column: Column) -> None:
        source = element.find(f"{DMN}inputExpression")
        if source is None:
            source = self._made("inputExpression", f"{self.own}_expression")
            _put(element, {"inputExpression": [source]})
        _set(element, "label", column.label)
        _set(source, "typeRef", column.type)
        _say(source, column.says)

    def _output(self, element: etree._Element, column: Column) -> None:
        for key, value in (("label", column.label), ("name", column.says), ("typeRef", column.type)):
            _set(element, key, value)

    def _rules(self, sheet: Sheet) -> list[etree._Element]:
        old = self.table.findall(f"{DMN}rule")
        made = [self._made("rule", f"{self.own}_rule") if one.was is None else old[one.was] for one in sheet.lines]
        for rule, line in zip(made, sheet.lines, strict=True):
            self._fill(rule, line, sheet)
        return made

    def _fill(self, rule: etree._Element, line: Line, sheet: Sheet) -> None:
        own = rule.get("id") or f"{self.own}_rule"
        tests = self._cells(rule, "inputEntry", own, sheet.inputs, line.tests)
        results = self._cells(rule, "outputEntry", f"{own}_out", sheet.outputs, line.results)
        _put(rule, {"inputEntry": tests, "outputEntry": results})
        _note(rule, line.note)

    def _cells(
        self, rule: etree._Element, kind: str, stem: str, columns: Iterable[Column], texts: Sequence[str]
    ) -> list[etree._Element]:
        old = rule.findall(f"{DMN}{kind}")
        there = [old[one.was] if old and one.was is not None else None for one in columns]
        made = [self._made(kind, stem) if cell is None else cell for cell in there]
        for cell, text in zip(made, texts, strict=True):
            _say(cell, text)
        return made

    def _made(self, kind: str, stem: str) -> etree._Element:
        """A new element with the next id after the highest number of this stem; outside of the document."""
        taken = [int(one[len(stem) + 1 :]) for one in self.ids if one and _numbered(one, stem)]
        own = f"{stem}_{max(taken, default=0) + 1}"
        self.ids.add(own)
        made = etree.SubElement(self.decision, f"{DMN}{kind}", id=own)
        if kind in _WITH_TEXT:
            etree.SubElement(made, f"{DMN}text")
        return made


def _numbered(own: str, stem: str) -> bool:
    number = own.removeprefix(f"{stem}_")
    return number != own and number.isascii() and number.isdigit() and len(number) < 10


def _put(parent: etree._Element, groups: dict[str, list[etree._Element]]) -> None:
    """The children of these kinds in this order; what else is there stays before (description) or behind them."""
    for child in list(parent):
        if local(child) in groups:
            parent.remove(child)
    at = sum(1 for child in parent if local(child) in _HEAD)
    for element in (element for group in groups.values() for element in group):
        parent.insert(at, element)
        at += 1


def _set(element: etree._Element, key: str, value: str, unsaid: str = "") -> None:
    """An attribute that says what it said is not touched; one that says nothing goes."""
    if in_one_line(element.get(key, unsaid)) == value:
        return
    if value:
        element.set(key, value)
    else:
        element.attrib.pop(key, None)


def _say(element: etree._Element, text: str) -> None:
    if text_in(element) == text:
        return
    inner = element.find(f"{DMN}text")
    if inner is None:
        inner = etree.SubElement(element, f"{DMN}text")
    inner.text = text


def _note(rule: etree._Element, text: str) -> None:
    note = note_of(rule)
    if note_text(note) == text:
        return
    if note is None:
        note = etree.Element(f"{DMN}description")
        rule.insert(0, note)
    if local(note) == "description":
        note.text = text
    else:
        _say(note, text)
