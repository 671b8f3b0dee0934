"""What of a personal value is shown: enough to recognise one's own, not enough to learn another's."""

from __future__ import annotations

_STARS = "*"


def phone(number: str) -> str:
    """138****8000, from 13800138000 or +8613800138000."""
    digits = number.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else _hidden(digits)


def id_number(number: str) -> str:
    """110105********002X"""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else _hidden(number)


def card(number: str) -> str:
    """**** 0018"""
    return f"**** {number[-4:]}" if len(number) >= 12 else _hidden(number)


def name(full: str) -> str:
    """张*: one star whatever the length, which would tell something too."""
    return full[:1] + _STARS if full else ""


def _hidden(text: str) -> str:
    """A value of an unexpected shape shows nothing at all."""
    return "****" if text else ""
