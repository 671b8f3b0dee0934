"""Timer definitions: ISO text, quoted or not, or a name that holds it."""

from __future__ import annotations

import pytest

from engine.feel import FeelError, check_timer, timer_text

FACTS = {
    "settings": {"idle_limit": "P30D", "second_review": True, "unset": None},
    "appointment": {"until": "2026-12-01T13:00"},
}
DECLARED = {"settings.idle_limit", "settings.second_review", "settings.unset", "appointment.until"}


@pytest.mark.parametrize(
    ("text", "said", "reason"),
    [
        ("P1D", "P1D", "as the modeler writes it"),
        ('"P1D"', "P1D", "quoted, as the engine wanted it"),
        (" = PT30M ", "PT30M", "with a leading ="),
        ("P1DT12H", "P1DT12H", "mixed days and hours"),
        ("P2W", "P2W", "weeks"),
        ("P1M", "P1M", "a month"),
        ("settings.idle_limit", "P30D", "a name that holds it"),
        ("= settings.idle_limit", "P30D", "with ="),
        ('duration("P1D") * 2', "P2D", "calculated"),
        ('duration("PT90S")', "PT90S", "seconds"),
        ('duration("P1Y")', "P12M", "months"),
        ("2026-12-01T13:00:00+08:00", "2026-12-01T13:00:00+08:00", "a moment"),
        ("2026-12-01T05:00:00Z", "2026-12-01T05:00:00+00:00", "in UTC"),
        ("appointment.until", "2026-12-01T13:00:00+08:00", "no offset means Asia/Shanghai, never the server's zone"),
        ("2026-12-01", "2026-12-01T00:00:00+08:00", "a day begins at midnight"),
        ('date("2026-12-01") + duration("P1D")', "2026-12-02T00:00:00+08:00", "a calculated day"),
    ],
)
def test_a_timer_is_read(text: str, said: str, reason: str) -> None:
    assert timer_text(text, FACTS, DECLARED) == said, reason
    assert check_timer(text, DECLARED) == [], reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("settings.unset", "a timer needs a duration or a date"),
        ("settings.second_review", "True is no timer"),
    ],
)
def test_a_timer_that_holds_nothing_usable_is_refused_when_it_starts(text: str, why: str) -> None:
    assert check_timer(text, DECLARED) == []
    with pytest.raises(FeelError, match=why):
        timer_text(text, FACTS, DECLARED)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("settings.idle", "unknown name 'settings.idle'"),
        ('"soon"', "soon is no timer"),
        ("R3/PT1M", "timers that repeat are not supported"),
        ("-P1D", "a timer waits at most 100 years and never backwards"),
        ("P999999999D", "a timer waits at most 100 years and never backwards"),
        ("P9999Y", "a timer waits at most 100 years and never backwards"),
        ("P1M2D", "unknown name 'P1M2D'"),
        ("PT", "unknown name 'PT'"),
        ("5", "5 is no timer"),
        ("1 + 1", "2 is no timer"),
        ("null", "a timer needs a duration or a date"),
        ("", "the expression ends too early"),
        ("2026-02-30", "a bare date would be a subtraction"),
    ],
)
def test_a_wrong_timer_is_found_before_it_runs(text: str, why: str) -> None:
    assert [problem.why.en for problem in check_timer(text, DECLARED)] == [why]
    with pytest.raises(FeelError):
        timer_text(text, FACTS, DECLARED)
