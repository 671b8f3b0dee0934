"""The parts of a recording, each as its browser wrote it, become one WebM with a length and an index.

Packets are copied as they are, but for a part of another codec than the first (another browser in the middle of the
call): a film has one. A part is read as far as it can be read: a browser that crashed leaves half a packet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet

from workers.media.recoding import BESIDES, ENCODERS, Allowance, Recoder, recoder

KINDS = ("video", "audio")
MILLISECOND = 1000
BROKEN = (FFmpegError, EOFError, KeyError)
"""What a part ends with whose browser crashed, or whose codec nobody here knows how to replace."""


class Writable(Protocol):
    def write(self, data: bytes) -> int: ...
    def seek(self, offset: int, whence: int = 0) -> int: ...
    def tell(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """One run of the recorder: its chunks can be asked for again."""

    number: int
    chunks: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Placed:
    """Where a part stands in the film; `recoded`: it was in another codec."""

    part: int
    start_ms: int
    duration_ms: int
    recoded: bool = False


@dataclass
class Joined:
    """The film: how long it is, where each part stands in it, parts that hold nothing readable, and shortened ones."""

    placed: list[Placed] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def duration_ms(self) -> int:
        return sum(one.duration_ms for one in self.placed)


class _Stream:
    """Chunks as a file that is read from front to back."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""

    def read(self, size: int) -> bytes:
        while not self._rest:
            more = next(self._chunks, None)
            if more is None:
                return b""
            self._rest = more
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def join(parts: Sequence[Part], into: Writable) -> Joined:
    """Write the film, as far as the parts can be read; nothing is written where none can."""
    joined = Joined()
    with av.open(into, "w", format="webm") as film:
        tracks = _tracks(film, parts)
        for part in parts if tracks else ():
            _copy(part, tracks, film, joined)
    joined.unreadable += [part.number for part in parts if part.number not in {one.part for one in joined.placed}]
    return joined


@dataclass
class _Track:
    """One stream of the film. `like` is the shape it has, `last` the time of its newest packet."""

    stream: Any
    codec: str
    like: Any
    last: int = -1

    def take(self, packet: Packet[Any], start_ms: int) -> tuple[int, int]:
        """Put the packet at its time in the film; from when to when it lasts within its part, in milliseconds."""
        base = packet.time_base
        assert packet.pts is not None and packet.dts is not None and base is not None
        begins, lasts = float(packet.pts * base) * MILLISECOND, float((packet.duration or 0) * base) * MILLISECOND
        shift = round(start_ms / MILLISECOND / base)
        packet.dts = max(packet.dts + shift, self.last + 1)
        packet.pts = max(packet.pts + shift, packet.dts)
        self.last, packet.stream = packet.dts, self.stream
        return round(begins), round(begins + lasts)


@dataclass(frozen=True)
class _Shape:
    """What a recoder must know of a stream after its file is closed."""

    type: str
    width: int
    height: int
    layout: Any


def _tracks(film: OutputContainer, parts: Sequence[Part]) -> dict[str, _Track]:
    """The film has the streams that the first part with such a stream has, in a codec that a WebM may hold."""
    tracks: dict[str, _Track] = {}
    for part in parts:
        with suppress(*BROKEN), _opened(part) as source:
            for stream in source.streams:
                if stream.type in KINDS and stream.type not in tracks and _codec(stream) in {*ENCODERS, *BESIDES}:
                    tracks[stream.type] = _Track(film.add_stream_from_template(stream), _codec(stream), _shape(stream))
        if len(tracks) == len(KINDS):
            break
    return tracks


def _copy(part: Part, tracks: Mapping[str, _Track], film: OutputContainer, joined: Joined) -> None:
    start, ends = joined.duration_ms, 0
    recoders: dict[str, Recoder] = {}
    with suppress(*BROKEN), _opened(part) as source:
        recoders = _recoders(source, tracks, joined.allowance)
        for packet in source.demux():
            track, other = tracks.get(packet.stream.type), recoders.get(packet.stream.type)
            for each in other.take(packet) if other else (packet,):
                if track is not None and each.dts is not None and each.pts is not None:
                    ends = max(ends, track.take(each, start)[1])
                    film.mux(each)
    if ends:
        joined.placed.append(Placed(part.number, start, ends, bool(recoders)))
    if any(one.cut for one in recoders.values()):
        joined.cut.append(part.number)


def _recoders(source: InputContainer, tracks: Mapping[str, _Track], allowance: Allowance) -> dict[str, Recoder]:
    """For each stream that is not in its track's codec; without one where nobody writes that codec."""
    foreign = [one for one in source.streams if one.type in tracks and _codec(one) != tracks[one.type].codec]
    return {one.type: recoder(tracks[one.type].codec, tracks[one.type].like, allowance) for one in foreign}


def _codec(stream: Any) -> str:
    return str(stream.codec_context.codec.canonical_name)


def _shape(stream: Any) -> _Shape:
    one = stream.codec_context
    return _Shape(stream.type, getattr(one, "width", 0), getattr(one, "height", 0), getattr(one, "layout", None))


def _opened(part: Part) -> InputContainer:
    return av.open(_Stream(part.chunks()), "r", format="matroska")
