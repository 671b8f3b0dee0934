"""Findings as a page lists them: one entry for each thing that is wrong, with every place where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.feel.findings import Finding
from webapp.language import language


@dataclass(frozen=True)
class Fault:
    """`number` is what its mark on the drawing says."""

    number: int
    rule: str
    why: str
    mend: str
    places: list[Finding]


def faults(findings: Iterable[Finding]) -> list[Fault]:
    """In the order of the findings and in the reader's language; the same cause with the same cure is one fault."""
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.rule, one.why.to(language()), one.mend.to(language())), []).append(one)
    return [Fault(number, *said, places) for number, (said, places) in enumerate(found.items(), start=1)]
