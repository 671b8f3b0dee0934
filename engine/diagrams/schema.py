"""The BPMN 2.0 schema with SpiffWorkflow's extension elements, as the engine ships it."""

from __future__ import annotations

from threading import Lock

from lxml import etree
from SpiffWorkflow.spiff.parser.process import VALIDATOR

from engine.diagrams.faults import FAULTS
from engine.feel.findings import Finding

MAX_FINDINGS = 20
_one_at_a_time = Lock()  # the schema object keeps its error log, so two threads would read each other's


def check_schema(file: str, root: etree._Element) -> list[Finding]:
    """What the XSD has against the document, at most twenty findings."""
    schema = VALIDATOR.validator
    with _one_at_a_time:
        if schema.validate(root):
            return []
        wrongs = [(entry.line, entry.message) for entry in schema.error_log][:MAX_FINDINGS]
    return [_finding(file, line, message) for line, message in wrongs]


def _finding(file: str, line: int, message: str) -> Finding:
    why = message.replace("{http://www.omg.org/spec/BPMN/20100524/MODEL}", "")[:300]
    return FAULTS.found("bpmn.schema", file, None, line or None, detail=why)
