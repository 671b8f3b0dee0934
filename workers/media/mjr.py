"""The files in which Janus writes down a track: a header in JSON, then each packet as it came over the network."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAGIC = b"MJR00002"
FRAME = struct.Struct("!4sIH")
LENGTH = struct.Struct("!H")


class NotMjr(ValueError):
    """No file of Janus, or of another version of its format."""


@dataclass(frozen=True)
class Packet:
    """A packet as it was received, so many milliseconds after the file was begun."""

    arrived_ms: int
    data: bytes


class Mjr:
    """One track: `codec` is vp8 or opus, `began` the time of its first packet in seconds since 1970."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""
        if self._read(len(MAGIC)) != MAGIC:
            raise NotMjr
        length = self._read(LENGTH.size)
        try:
            told = json.loads(self._read(*LENGTH.unpack(length)))
            self.codec, self.began = str(told["c"]), int(told["u"]) / 1_000_000
        except (struct.error, ValueError, KeyError, TypeError):
            raise NotMjr from None

    def packets(self) -> Iterator[Packet]:
        """As far as the file goes: a server that died leaves half a packet."""
        while len(head := self._read(FRAME.size)) == FRAME.size:
            mark, arrived, length = FRAME.unpack(head)
            data = self._read(length)
            if mark != b"MEET" or len(data) < length:
                return
            yield Packet(arrived, data)

    def _read(self, size: int) -> bytes:
        while len(self._rest) < size:
            more = next(self._chunks, None)
            if more is None:
                break
            self._rest += more
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
