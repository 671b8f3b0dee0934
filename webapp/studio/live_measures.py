"""What can be measured of a step, what people call it, and how warm a step is by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.flow_figures import StepFigures
from webapp.durations import briefly
from webapp.language import words as _

Value = int | float | timedelta
"""A number of cases, a share of 1, or a time."""


@dataclass(frozen=True)
class Measure:
    """`name` in the language of the request; `value` of a step, None where nothing was measured."""

    name: Callable[[], str]
    value: Callable[[StepFigures], Value | None]


MEASURES: Mapping[str, Measure] = {
    "standing": Measure(lambda: _("停在这一步"), lambda step: step.standing or None),
    "waiting": Measure(lambda: _("已等（中位）"), lambda step: step.waiting),
    "oldest": Measure(lambda: _("最久已等"), lambda step: step.oldest),
    "answered": Measure(lambda: _("办过次数"), lambda step: step.answered or None),
    "median": Measure(lambda: _("用时（中位）"), lambda step: step.median),
    "p90": Measure(lambda: _("用时（九成以内）"), lambda step: step.p90),
    "rejected": Measure(lambda: _("退回率"), lambda step: step.reject_rate or None),
    "given_up": Measure(lambda: _("在此结束率"), lambda step: step.drop_rate or None),
}
"""By which a drawing can be coloured; also the columns of the table and of the CSV, in this order."""


def said(value: Value | None) -> str:
    """As people read it; a dash where nothing was measured."""
    if value is None:
        return "–"
    if isinstance(value, timedelta):
        return briefly(value)
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def plain(value: Value | None) -> str:
    """As a spreadsheet reads it: cases, a share, or seconds."""
    if value is None:
        return ""
    return f"{value.total_seconds():.0f}" if isinstance(value, timedelta) else f"{value:.4g}"


def warmth(value: Value, of: Iterable[Value]) -> float:
    """Beside the greatest: 0 to 1. A share is its own measure, so that 3 % is pale even where it is the most."""
    if isinstance(value, float):
        return min(value * 2, 1.0)
    most = max(_number(one) for one in of)
    return _number(value) / most if most else 0.0


def _number(value: Value) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
