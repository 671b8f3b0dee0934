"""The phone that is shown for an ID number that nobody has (G15)."""

from __future__ import annotations

STARTS = (
    "130",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "177",
    "180",
    "186",
    "187",
    "189",
)


def made_up(index: str) -> str:
    """A masked phone that the same ID number always gets: `index` is its blind index, so nobody can work it out."""
    number = int(index[:24], 16)
    return f"{STARTS[number % len(STARTS)]}****{number // len(STARTS) % 10_000:04d}"
