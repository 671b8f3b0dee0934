"""What makes two incidents the same trouble: the service, and the class of its error."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACED = re.compile(r"([\w.]+) in \S+:\d+")


@dataclass(frozen=True)
class Cause:
    """One service that failed in one way."""

    service: str
    error: str


def error_class(text: str) -> str:
    """`TimeoutError` of `TimeoutError in LocalSms.send:30`; what is no place in a program is its own class."""
    placed = _PLACED.fullmatch(text)
    return placed[1] if placed else text
