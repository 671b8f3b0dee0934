"""Moments that a duration of a diagram leads to."""

from __future__ import annotations

from datetime import datetime

from engine.feel.temporal import parse_duration, shift


def after(moment: datetime, duration: str) -> datetime:
    """The moment that an ISO 8601 duration later is; a month's missing day becomes its last."""
    length = parse_duration(duration)
    later = None if length is None else shift(moment, length)
    if not isinstance(later, datetime):
        raise ValueError(f"{duration!r} is no duration that a clock can follow")
    return later
