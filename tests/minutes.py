"""How many seconds of the workers each subject takes, told at the end of a run that is asked for `--durations`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SUBJECTS = {
    "reliability": re.compile(r"^tests/(crash|golden)/|/test_(walks|line_machine|reader_away|outbox|write_unit)"),
    "photographs": re.compile(r"^tests/fuzz/|photo|outline|camera|reading|read_|unread"),
    "video call": re.compile(r"call|video|/test_line|film|record|stills|playback|watching|device|waiting_room|remux"),
}
"""The first that is found in a test's file; whatever is of none is told by its folder."""


def subject_of(nodeid: str) -> str:
    file = nodeid.split("::")[0]
    found = (name for name, pattern in SUBJECTS.items() if pattern.search(file))
    return next(found, file.rpartition("/")[0])


def seconds(spent: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of each subject, the longest first."""
    total: Counter[str] = Counter()
    for nodeid, duration in spent:
        total[subject_of(nodeid)] += duration  # type: ignore[assignment]
    return total.most_common()
