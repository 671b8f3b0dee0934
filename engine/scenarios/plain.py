"""A report as plain values, for programs and for the record of a trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.bundles import Bundle
from engine.diagrams.model import Element, Flow
from engine.scenarios.coverage import Share
from engine.scenarios.running import Played, Report


def plain(bundle: Bundle, report: Report) -> dict[str, Any]:
    """Everything that the report says, with both languages of each finding."""
    found = report.coverage
    return {
        "business": bundle.business.id,
        "version": bundle.hash,
        "green": report.green,
        "scenarios": [_played(one) for one in report.played],
        "nodes": _share(found.nodes),
        "flows": _share(found.flows),
        "missed_nodes": [_node(one) for one in found.missed_nodes],
        "missed_flows": [_flow(one) for one in found.missed_flows],
    }


def _played(one: Played) -> Mapping[str, Any]:
    findings = [asdict(finding) for finding in one.findings]
    return {"file": one.file, "name": one.name, "holds": one.holds, "findings": findings}


def _share(share: Share) -> Mapping[str, int]:
    return {"passed": share.passed, "total": share.total, "percent": share.percent}


def _node(one: Element) -> Mapping[str, Any]:
    return {"process": one.process, "id": one.id, "name": one.name, "file": one.file, "line": one.line}


def _flow(one: Flow) -> Mapping[str, Any]:
    ends = {"source": one.source, "target": one.target}
    return {"process": one.process, "id": one.id, **ends, "file": one.file, "line": one.line}
