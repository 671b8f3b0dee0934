"""The findings of a check as SARIF 2.1.0 (OASIS), which code reviews on the web show beside the line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from engine.feel.findings import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""Files are told from where `processes/` and `forms/` lie; whoever shows them knows where that is."""


def log(findings: Sequence[Finding], lang: str) -> dict[str, Any]:
    """One run; every finding is an error, as each of them keeps a version from being published."""
    rules = sorted({finding.rule for finding in findings})
    driver = {"name": "kaihu", "version": version("kaihu"), "rules": [{"id": rule} for rule in rules]}
    results = [_result(finding, rules.index(finding.rule), lang) for finding in findings]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    message = {"text": finding.said.to(lang)}
    return {"ruleId": finding.rule, "ruleIndex": index, "level": "error", "message": message, **_places(finding)}


def _places(finding: Finding) -> dict[str, Any]:
    place = dict(_physical(finding), **_logical(finding))
    return {"locations": [place]} if place else {}


def _physical(finding: Finding) -> dict[str, Any]:
    if not finding.file:
        return {}
    found: dict[str, Any] = {"artifactLocation": {"uri": finding.file, "uriBaseId": ROOT}}
    if finding.line:
        found["region"] = {"startLine": finding.line}
    return {"physicalLocation": found}


def _logical(finding: Finding) -> dict[str, Any]:
    """The element of the diagram, the field of the form."""
    return {"logicalLocations": [{"name": finding.element, "kind": "element"}]} if finding.element else {}
