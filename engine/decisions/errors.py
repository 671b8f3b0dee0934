"""The two refusals of decision tables: of a file when it is read, of a decision when it is asked."""

from __future__ import annotations

from collections.abc import Iterable

from engine.feel.findings import Finding


class BadDecisions(Exception):
    """A DMN file is refused; `findings` say why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(found.text("en") for found in self.findings))


class DecisionError(Exception):
    """A table cannot decide on these facts; `finding` says why and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text("en"))
        self.finding = finding
