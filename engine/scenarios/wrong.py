"""A scenario does not hold."""

from __future__ import annotations

from engine.feel.findings import Finding


class Wrong(Exception):
    """It does not hold here; `finding` says why, with the line of the file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text("en"))
        self.finding = finding
