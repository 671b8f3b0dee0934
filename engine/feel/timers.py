"""Timer definitions: ISO text, quoted or not, or an expression that gives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, timezone

from engine.feel import faults
from engine.feel.checker import check, names
from engine.feel.errors import FeelError, Problem
from engine.feel.evaluator import evaluate
from engine.feel.temporal import Duration, Months, duration_text, parse_date, parse_duration, parse_moment
from engine.feel.values import Value

_SHANGHAI = timezone(timedelta(hours=8))
_LONGEST = timedelta(days=36525)


def timer_text(text: str, facts: Mapping[str, object], declared: Collection[str] | None = None) -> str:
    """The ISO text a timer waits for: a duration, or a moment with its offset (Asia/Shanghai where none is said)."""
    bare = text.strip().removeprefix("=").strip()
    said = _iso(bare)
    return said if said is not None else _told(evaluate(text, facts, declared))


def check_timer(text: str, declared: Collection[str]) -> list[Problem]:
    """What is wrong with a timer definition, as far as it can be known before it runs."""
    bare = text.strip().removeprefix("=").strip()
    try:
        if _iso(bare) is not None:
            return []
    except FeelError as wrong:
        return [wrong.problem]
    if bare.startswith("R") and "/" in bare:
        return [Problem.of(faults.REPEATING, 0)]
    problems = check(text, declared)
    return problems or ([] if names(text) else _constant(text))


def _constant(text: str) -> list[Problem]:
    """What names no fact can be judged at once."""
    try:
        timer_text(text, {})
    except FeelError as wrong:
        return [wrong.problem]
    return []


def _told(value: Value) -> str:
    if isinstance(value, timedelta | Months):
        value = duration_text(value)
    elif isinstance(value, date):
        return _moment(value)
    said = _iso(value.strip()) if isinstance(value, str) else None
    if said is None:
        raise FeelError(faults.NO_TIME) if value is None else FeelError(faults.NO_TIMER, value=str(value))
    return said


def _iso(text: str) -> str | None:
    """The same text with what a timer needs, or None when it is neither a duration nor a date."""
    length = parse_duration(text)
    if length is not None:
        _refuse_length(length)
        return text
    moment = parse_moment(text) or parse_date(text)
    return None if moment is None else _moment(moment)


def _refuse_length(length: Duration) -> None:
    days = timedelta(days=length.count * 30) if isinstance(length, Months) else length
    if not timedelta(0) <= days <= _LONGEST:
        raise FeelError(faults.TIMER_TOO_LONG)


def _moment(moment: date) -> str:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)).isoformat()
