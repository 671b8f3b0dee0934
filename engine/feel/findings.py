"""What a check has to say about a file, in the form every tool of Kaihu prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing wrong: stable rule id, file, element id, line (1-based), why, and how to mend it."""

    rule: str
    file: str
    element: str | None
    line: int | None
    why: str
    mend: str
