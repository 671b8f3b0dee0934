"""What stands in a file as a form shows it and gives it back: two that are alike here are no change."""

from __future__ import annotations


def typed(text: str | None) -> str:
    """A text of several lines."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def in_one_line(text: str | None) -> str:
    """A value as a field of one line has it."""
    return " ".join((text or "").split())
