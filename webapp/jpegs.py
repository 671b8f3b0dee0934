"""What a JPEG says of itself, read from its markers (ITU-T T.81, annex B); nothing is decoded."""

from __future__ import annotations

MOST_PIXELS = 40_000_000
LEAST_SIDE = 240
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a whole JPEG that is neither too small nor too large to look at; None for anything else."""
    if not data.startswith(b"\xff\xd8") or not data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return None
    found = _frame(data)
    return found if found and min(found) >= LEAST_SIDE and found[0] * found[1] <= MOST_PIXELS else None


def _frame(data: bytes) -> tuple[int, int] | None:
    """Walk from marker to marker to the frame header."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None
