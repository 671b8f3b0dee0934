"""A file that is written once, piece by piece, and leaves this process only sealed: no plain byte of it on a disk."""

from __future__ import annotations

from collections.abc import Callable

from engine.films import PIECE

OPEN = 8
"""Pieces that may still change: the muxer comes back to the first, to write there how long the film is."""


class Pieces:
    """What a muxer sees as a file. The first piece is kept open to the end; all but the last few others are put."""

    def __init__(self, put: Callable[[bytes], str]) -> None:
        self._put, self._open = put, {0: bytearray()}
        self._names: dict[int, str] = {}
        self._at = self.size = 0

    def write(self, data: bytes) -> int:
        left = memoryview(bytes(data))
        while left:
            number, inside = divmod(self._at, PIECE)
            part = left[: PIECE - inside]
            self._fill(number, inside, part)
            self._at += len(part)
            left = left[len(part) :]
        self.size = max(self.size, self._at)
        self._put_old()
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + {0: 0, 1: self._at, 2: self.size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def names(self) -> list[str]:
        """Put what is still open; the names of all pieces in their order."""
        for number in sorted(self._open):
            self._close(number)
        return [self._names[number] for number in sorted(self._names)] if self.size else []

    def _fill(self, number: int, inside: int, part: memoryview) -> None:
        if number in self._names:
            raise ValueError("the piece is sealed already")
        piece = self._open.setdefault(number, bytearray())
        piece.extend(bytes(max(0, inside - len(piece))))
        piece[inside : inside + len(part)] = part

    def _put_old(self) -> None:
        for number in sorted(self._open)[1:-OPEN]:
            self._close(number)

    def _close(self, number: int) -> None:
        piece = self._open.pop(number)
        if piece:
            self._names[number] = self._put(bytes(piece))
