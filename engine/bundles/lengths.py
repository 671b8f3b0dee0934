"""How much time a scenario lets pass: `2d`, `12h`, `30m`, `1d 12h`, or an ISO duration."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.feel.temporal import parse_duration

LONGEST = timedelta(days=400)
_SHORT = re.compile(r"(?=.)(?:([0-9]{1,4})d)? ?(?:([0-9]{1,4})h)? ?(?:([0-9]{1,5})m)?")


def length_of(text: str) -> timedelta | None:
    """The time; None for what is none, or longer than anybody plays."""
    match = _SHORT.fullmatch(text.strip())
    found = _short(*match.groups(default="0")) if match else parse_duration(text.strip())
    return found if isinstance(found, timedelta) and timedelta() < found <= LONGEST else None


def _short(days: str, hours: str, minutes: str) -> timedelta:
    return timedelta(days=int(days), hours=int(hours), minutes=int(minutes))
