"""Packets of RTP (RFC 3550) in their order and with their time, and the frames of VP8 that they carry (RFC 7741)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workers.media.mjr import Packet

WAITS = 64
"""Packets that are looked over for one that was sent once more, and so came late."""
STRAYS = 1.0
"""Seconds by which a sender's clock may differ from when its packets came; beyond that it has begun anew."""
KEY = 0x01


@dataclass(frozen=True, order=True)
class Rtp:
    """One packet; `number` does not wrap around."""

    number: int
    timestamp: int = field(compare=False)
    ends: bool = field(compare=False)
    arrived: float = field(compare=False)
    payload: bytes = field(compare=False)


def ordered(packets: Iterable[Packet]) -> Iterator[Rtp]:
    """By their numbers, each once; what came too late even for that is left out."""
    given = -1
    for one in _sorted(packets):
        if one.number > given:
            given = one.number
            yield one


def _sorted(packets: Iterable[Packet]) -> Iterator[Rtp]:
    held: list[Rtp] = []
    newest = 0
    for packet in packets:
        one = _parsed(packet, newest)
        if one is None:
            continue
        newest = max(newest, one.number)
        heapq.heappush(held, one)
        if len(held) > WAITS:
            yield heapq.heappop(held)
    while held:
        yield heapq.heappop(held)


def timed(packets: Iterable[Rtp], rate: int) -> Iterator[tuple[float, Rtp]]:
    """Each with the seconds since the file was begun: by the sender's clock, which is steadier than the network."""
    base: tuple[float, int] | None = None
    for one in packets:
        at = base[0] + _signed(one.timestamp - base[1], 32) / rate if base else one.arrived
        if base is None or abs(at - one.arrived) > STRAYS:
            base, at = (one.arrived, one.timestamp), one.arrived
        yield at, one


def vp8_frames(packets: Iterable[tuple[float, Rtp]]) -> Iterator[tuple[float, bytes]]:
    """Whole frames with their time. After a loss nothing is shown until the next picture that stands by itself."""
    parts: list[bytes] = []
    last, whole, broken = -1, False, True
    for at, one in packets:
        begins, data = _vp8(one.payload)
        gap, last = one.number != last + 1, one.number
        broken = broken or (gap and bool(parts)) or (gap and not begins)
        if begins:
            broken = (broken or gap) and not _is_key(data)
            parts, whole = [], True
        if gap and not begins:
            whole = False
        parts.append(data)
        if one.ends and whole and not broken:
            yield at, b"".join(parts)
        if one.ends:
            parts, whole = [], False


def _parsed(packet: Packet, newest: int) -> Rtp | None:
    data = packet.data
    if len(data) < 12 or data[0] >> 6 != 2:
        return None
    start, stop = 12 + 4 * (data[0] & 0x0F), len(data)
    if data[0] & 0x10:
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    if data[0] & 0x20:
        stop -= data[-1]
    if start >= stop:
        return None
    short = int.from_bytes(data[2:4], "big")
    number = newest + _signed(short - newest, 16) if newest else 0x10000 + short
    stamp = int.from_bytes(data[4:8], "big")
    return Rtp(number, stamp, bool(data[1] & 0x80), packet.arrived_ms / 1000, data[start:stop])


def _vp8(payload: bytes) -> tuple[bool, bytes]:
    """Whether a frame begins here, and what of the frame is in this packet."""
    first, at = payload[0], 1
    if first & 0x80 and len(payload) > 1:
        more, at = payload[1], 2
        if more & 0x80:
            at += 2 if payload[at : at + 1] >= b"\x80" else 1
        at += bool(more & 0x40) + bool(more & 0x30)
    return bool(first & 0x10) and not first & 0x07, payload[at:]


def _is_key(data: bytes) -> bool:
    return bool(data) and not data[0] & KEY


def _signed(difference: int, bits: int) -> int:
    """The nearest way around a counter of so many bits."""
    half = 1 << (bits - 1)
    return (difference + half) % (1 << bits) - half
