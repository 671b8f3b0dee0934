"""What the walks of all workers came to, told at the end of a run."""

from __future__ import annotations

from collections import Counter

import pytest

WALKS = "walks"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tally: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        tally.update(dict(report.user_properties).get(WALKS, {}) if report.when == "call" else {})
    if tally:
        terminalreporter.section(WALKS)
        terminalreporter.line(", ".join(f"{what}: {times}" for what, times in sorted(tally.items())))
