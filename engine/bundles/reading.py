"""From a bundle's files to its parts: diagrams, decisions, forms, records and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from engine.bundles.faults import FAULTS
from engine.bundles.files import SHARED
from engine.bundles.model import Business, Milestone, Reason
from engine.bundles.places import Place
from engine.bundles.questions import Questions, read_questions
from engine.bundles.records import BadRecord, Record, list_of_records, read_json
from engine.decisions import BadDecisions, DecisionTable, load_decisions
from engine.diagrams.allowed import check_elements
from engine.diagrams.model import Diagram
from engine.diagrams.reading import read_diagram
from engine.diagrams.schema import check_schema
from engine.diagrams.xml import BadXml, read_xml
from engine.feel.findings import Finding


@dataclass
class Parts:
    """Everything that was read, and what was wrong with the reading."""

    business: Business
    diagrams: tuple[Diagram, ...] = ()
    decisions: dict[str, DecisionTable] = field(default_factory=dict)
    own_reasons: tuple[Reason, ...] = ()
    shared_reasons: tuple[Reason, ...] = ()
    questions: Questions | None = None
    notices: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)


def read_parts(files: Mapping[str, bytes], business: str) -> tuple[Parts, list[Finding]]:
    """The parts of a bundle; they are whole only when there are no findings."""
    findings: list[Finding] = []
    reader = _Reader(files, business, findings)
    parts = Parts(
        business=reader.business(),
        diagrams=tuple(reader.diagrams()),
        decisions=reader.decisions(),
        own_reasons=reader.reasons(business),
        shared_reasons=reader.reasons(SHARED),
        questions=reader.questions(business) or reader.questions(SHARED),
        notices=reader.notices(SHARED) | reader.notices(business),
        forms=reader.forms(),
        english=reader.english(SHARED) | reader.english(business),
    )
    return parts, findings


class _Reader:
    def __init__(self, files: Mapping[str, bytes], folder: str, findings: list[Finding]) -> None:
        self.files, self.folder, self.findings = files, folder, findings

    def diagrams(self) -> Iterator[Diagram]:
        for path in self.ending(".bpmn"):
            try:
                root = read_xml(path, self.files[path])
            except BadXml as wrong:
                self.findings.append(wrong.finding)
                continue
            wrongs = check_elements(path, root) or check_schema(path, root)
            self.findings += wrongs
            if not wrongs:
                yield read_diagram(path, root)

    def decisions(self) -> dict[str, DecisionTable]:
        tables: dict[str, DecisionTable] = {}
        for path in self.ending(".dmn"):
            found = self.tables(path)
            for double in sorted(found.keys() & tables.keys()):
                line = found[double].line
                self.findings.append(FAULTS.found("decision.duplicate", path, double, line, decision=double))
            tables |= found
        return tables

    def tables(self, path: str) -> Mapping[str, DecisionTable]:
        try:
            return load_decisions(self.files[path], path)
        except BadDecisions as wrong:
            self.findings += wrong.findings
            return {}

    def forms(self) -> dict[str, dict[str, Any]]:
        forms: dict[str, dict[str, Any]] = {}
        for path in self.ending(".form.json"):
            forms[form_key(path)] = self.record(path).value
        return forms

    def business(self) -> Business:
        path = f"processes/{self.folder}/business.json"
        if path not in self.files:
            self.findings.append(FAULTS.found("business.missing", path))
            return _business(Record({}, Place(path, b""), []))
        record = self.record(path)
        business = _business(record)
        if business.id != self.folder:
            record.wrong("json.shape/id", "id", id=business.id, folder=self.folder)
        return business

    def reasons(self, folder: str) -> tuple[Reason, ...]:
        path = f"processes/{folder}/reasons.json"
        value = self.json(path)
        listed = [] if value is None else list_of_records(value[0], self.place(path), self.findings)
        return tuple(_reason(record) for record in listed)

    def questions(self, folder: str) -> Questions | None:
        path = f"processes/{folder}/questions.json"
        if path not in self.files:
            return None
        return read_questions(self.record(path))

    def notices(self, folder: str) -> dict[str, dict[str, str]]:
        path = f"processes/{folder}/notices.json"
        record = self.record(path)
        return {code: self.notice(record.place.inner(code), value) for code, value in record.value.items()}

    def notice(self, place: Place, value: Any) -> dict[str, str]:
        record = Record(value, place, self.findings)
        record.only("title", "text", "action")
        return {name: record.text(name) for name in ("title", "text", "action") if name in record.value}

    def english(self, folder: str) -> dict[str, str]:
        path = f"processes/{folder}/texts.en.json"
        record = self.record(path)
        return {text: record.text(text) for text in record.value}

    def record(self, path: str) -> Record:
        """A file that is an object. One that is missing or cannot be read is empty, and nothing more is said of it."""
        value = self.json(path)
        if value is None:
            return Record({}, Place(path, b""), [])
        return Record(value[0], self.place(path), self.findings)

    def place(self, path: str) -> Place:
        return Place(path, self.files[path])

    def json(self, path: str) -> tuple[Any] | None:
        """A file's value; None for a file that is missing or cannot be read."""
        if path not in self.files:
            return None
        try:
            return (read_json(path, self.files[path]),)
        except BadRecord as wrong:
            self.findings.append(wrong.finding)
            return None

    def ending(self, suffix: str) -> list[str]:
        return sorted(path for path in self.files if path.endswith(suffix))


def form_key(path: str) -> str:
    """The name by which a user task asks for a form."""
    return path.removeprefix("forms/").removesuffix(".form.json")


def form_path(key: str) -> str:
    return f"forms/{key}.form.json"


def _business(record: Record) -> Business:
    record.only(*_keys(Business))
    return Business(
        id=record.text("id"),
        name=record.text("name"),
        summary=record.text("summary"),
        button=record.text("button"),
        exclusive=record.flag("exclusive"),
        started_by=record.one_of("started_by", ("investor", "obligation")),
        process=record.text("process"),
        eligibility=record.text("eligibility"),
        repeats=record.text_or_none("repeats"),
        papers=record.texts("papers"),
        devices=record.texts("devices"),
        milestones=tuple(_milestone(item) for item in record.records("milestones")),
        place=record.place,
    )


def _milestone(record: Record) -> Milestone:
    record.only(*_keys(Milestone))
    return Milestone(record.text("id"), record.text("name"), record.texts("steps"), record.place)


def _reason(record: Record) -> Reason:
    record.only(*_keys(Reason))
    return Reason(
        code=record.text("code"),
        text=record.text("text"),
        step=record.text_or_none("step"),
        field=record.text_or_none("field"),
        final=record.flag("final", default=False),
        video=record.flag("video", default=False),
        desks=record.texts("desks"),
        customer_text=record.text("customer_text"),
        place=record.place,
    )


def _keys(record: type[Business | Milestone | Reason]) -> list[str]:
    return [each.name for each in fields(record) if each.name != "place"]
