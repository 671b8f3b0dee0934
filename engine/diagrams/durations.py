"""Times that a diagram says outright (ISO 8601)."""

from __future__ import annotations

from engine.feel.temporal import parse_date, parse_duration, parse_moment


def is_duration(text: str) -> bool:
    """Whether the text is a duration such as P1D, PT30M or P1M, forwards."""
    return not text.startswith("-") and parse_duration(text) is not None


def is_moment(text: str) -> bool:
    """Whether the text is a date, with or without a time."""
    return (parse_moment(text) or parse_date(text)) is not None


def literal(text: str) -> str | None:
    """The time that a timer's text says outright, quoted or not; None when it is an expression."""
    bare = text.strip().removeprefix("=").strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    return bare if parse_duration(bare) is not None or is_moment(bare) else None
