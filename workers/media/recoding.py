"""A part of another codec than the film's: decoded and encoded anew, a few pictures at a time and not without end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.packet import Packet

ENCODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9", "opus": "libopus"}
"""How a film's own codecs are written."""
BESIDES = frozenset(("av1", "vorbis"))
"""What a WebM holds besides, copied and never written."""
MOST_PICTURES = 7_500
"""Of one film: eight minutes at 15 a second. One takes 0.03 s of a processor, noise 0.05 s; a job has ten minutes."""
QUICK = {
    "libvpx": {"deadline": "realtime", "cpu-used": "16"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
}
MILLISECONDS, RATE = Fraction(1, 1000), 48_000


@dataclass
class Allowance:
    """How many pictures of a film may still be encoded; below zero there were more."""

    pictures: int = MOST_PICTURES


class Recoder(Protocol):
    """Takes packets of one codec, gives packets of another."""

    @property
    def cut(self) -> bool: ...

    def take(self, packet: Packet[Any]) -> Iterator[Packet[Any]]: ...


def recoder(codec: str, stream: Any, allowance: Allowance) -> Recoder:
    """For a track of the film of that codec whose shape is this stream's; KeyError where nobody writes it."""
    made = av.CodecContext.create(ENCODERS[codec], "w")
    if stream.type == "audio":
        return _Sound(made, stream.layout.name)
    return _Pictures(made, stream.width, stream.height, allowance)


class _Pictures:
    def __init__(self, made: Any, width: int, height: int, allowance: Allowance) -> None:
        made.width, made.height, made.pix_fmt = width, height, "yuv420p"
        made.time_base, made.framerate, made.bit_rate = MILLISECONDS, 15, 600_000
        made.options = QUICK[made.name]
        made.open()
        self._made, self._last, self._allowance = made, -1, allowance

    @property
    def cut(self) -> bool:
        return self._allowance.pictures < 0

    def take(self, packet: Packet[Any]) -> Iterator[Packet[Any]]:
        """A picture that cannot be read costs itself."""
        for frame in _decoded(packet):
            self._allowance.pictures -= 1
            if not self.cut:
                yield from self._made.encode(self._fit(frame))
        if packet.dts is None:
            yield from self._made.encode(None)

    def _fit(self, frame: Any) -> Any:
        fitting = frame.reformat(self._made.width, self._made.height, "yuv420p")
        self._last = max(round((frame.time or 0) / MILLISECONDS), self._last + 1)
        fitting.pts, fitting.time_base = self._last, MILLISECONDS
        fitting.pict_type = 0  # the encoder says which are whole
        return fitting


class _Sound:
    cut = False

    def __init__(self, made: Any, layout: str) -> None:
        made.sample_rate, made.layout, made.format, made.time_base = RATE, layout, "flt", Fraction(1, RATE)
        made.open()
        self._made, self._as = made, AudioResampler("flt", layout, RATE, made.frame_size)

    def take(self, packet: Packet[Any]) -> Iterator[Packet[Any]]:
        for frame in _decoded(packet):
            yield from self._encoded(frame)
        if packet.dts is None:
            yield from self._encoded(None)
            yield from self._made.encode(None)

    def _encoded(self, frame: Any) -> Iterator[Packet[Any]]:
        for piece in self._as.resample(frame):
            yield from self._made.encode(piece)


def _decoded(packet: Packet[Any]) -> Iterator[Any]:
    with suppress(FFmpegError):
        yield from packet.decode()
