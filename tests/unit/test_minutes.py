"""What a run of all tests tells of its time."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.conftest import pytest_terminal_summary
from tests.minutes import seconds, subject_of


@pytest.mark.parametrize(
    ("file", "subject"),
    [
        ("crash/test_race.py", "reliability"),
        ("flow/test_walks.py", "reliability"),
        ("web/test_read_marks.py", "photographs"),
        ("browser/test_call.py", "video call"),
        ("crash/test_race_for_callers.py", "reliability"),
        ("web/test_desk.py", "tests/web"),
    ],
)
def test_a_test_is_of_one_subject_by_its_file(file: str, subject: str) -> None:
    assert subject_of(f"tests/{file}::test_it[a/b::c]") == subject


def test_seconds_are_summed_the_longest_first() -> None:
    spent = [("tests/web/a.py::x", 1.0), ("tests/crash/b.py::y", 2.0), ("tests/web/a.py::z", 1.5)]
    assert seconds(spent) == [("tests/web", 2.5), ("reliability", 2.0)]


@pytest.mark.parametrize(("asked", "lines"), [(15, 1), (None, 0)])
def test_they_are_told_when_durations_are_asked_for(asked: int | None, lines: int) -> None:
    told: list[str] = []
    report = SimpleNamespace(nodeid="tests/web/a.py::x", duration=1.0)
    reporter = SimpleNamespace(
        stats={"passed": [report, SimpleNamespace()]}, section=lambda title: None, line=told.append
    )
    pytest_terminal_summary(reporter, SimpleNamespace(getoption=lambda name: asked))
    assert len(told) == lines
