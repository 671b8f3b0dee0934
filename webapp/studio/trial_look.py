"""What the page of a proposal says of its scenarios: whether they were played, which hold, and what none passes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine import trial_runs
from engine.bundles import Bundle
from engine.diagrams.model import Key
from engine.scenarios.reading import files_of
from engine.tables import Trial
from webapp.house import clock, reading
from webapp.language import language
from webapp.language import words as _
from webapp.steps.flow_marks import MISSED, Mark


@dataclass(frozen=True)
class Wrong:
    """Where one scenario does not hold, and how that is mended."""

    line: int | None
    why: str
    mend: str


@dataclass(frozen=True)
class Tried:
    """One scenario; it holds where nothing is wrong."""

    file: str
    name: str
    wrong: list[Wrong]


@dataclass(frozen=True)
class RunLook:
    """A trial that is on its way; or, not `alive`, one that broke off without a report."""

    done: int
    total: int
    alive: bool


@dataclass(frozen=True)
class TrialLook:
    """`state`: none (there is nothing to play) | untried | red | green. `run` is a trial that is on its way now."""

    state: str
    run: RunLook | None = None
    at: datetime | None = None
    by: str = ""
    scenarios: list[Tried] = field(default_factory=list)
    flows: Mapping[str, int] = field(default_factory=dict)
    nodes: Mapping[str, int] = field(default_factory=dict)
    missed: list[Mark] = field(default_factory=list)

    @property
    def red(self) -> int:
        """How many do not hold."""
        return sum(bool(one.wrong) for one in self.scenarios)

    @property
    def ready(self) -> bool:
        """Whether the scenarios keep nobody from publishing."""
        return self.state in ("none", "green")


def trial_of(bundle: Bundle | None) -> TrialLook:
    """The trial of this very version."""
    if bundle is None or not files_of(bundle):
        return TrialLook("none")
    row = reading().get(Trial, bundle.hash)
    if row is None:
        return TrialLook("untried", run_look(bundle.hash))
    report = json.loads(row.report)
    return TrialLook(
        state="green" if row.green else "red",
        run=run_look(bundle.hash),
        at=row.at,
        by=row.by,
        scenarios=sorted((_tried(one) for one in report["scenarios"]), key=lambda one: not one.wrong),
        flows=report["flows"],
        nodes=report["nodes"],
        missed=list(_missed(report)),
    )


def run_look(subject: str) -> RunLook | None:
    row = trial_runs.run_of(reading(), subject)
    return RunLook(row.done, row.total, trial_runs.is_alive(row, clock().now())) if row else None


def _tried(one: Mapping[str, Any]) -> Tried:
    wrong = [Wrong(found["line"], _said(found["why"]), _said(found["mend"])) for found in one["findings"]]
    return Tried(one["file"].rsplit("/", 1)[-1], one["name"], wrong)


def _said(both: Mapping[str, str]) -> str:
    return both["en" if language() == "en" else "zh"]


def _missed(report: Mapping[str, Any]) -> Iterator[Mark]:
    for one in (*report["missed_nodes"], *report["missed_flows"]):
        key: Key = one["process"], one["id"]
        yield Mark(key, _("未走"), MISSED, _("没有场景经过这里"), outlined=False)
