"""One side of a call as a media server recorded it: its newest picture, and its voice, at any moment of the film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

import av
import numpy as np
from av.error import FFmpegError

from workers.media.mjr import Mjr
from workers.media.rtp import ordered, timed, vp8_frames

VIDEO_RATE, AUDIO_RATE = 90_000, 48_000
SILENT_AFTER = 2.0
"""Seconds for which a picture is held when nothing comes after it; then its half is empty."""
Image = np.ndarray[Any, np.dtype[np.uint8]]
Samples = np.ndarray[Any, np.dtype[np.int16]]


@dataclass(frozen=True)
class Track:
    """One file: it can be read again. `side`: investor | verifier."""

    part: int
    side: str
    chunks: Callable[[], Iterable[bytes]]


class Pictures:
    """The pictures of a side, asked for with growing times."""

    def __init__(self, tracks: Sequence[Track], zero: float) -> None:
        self._coming = chain.from_iterable(_pictures(track, zero) for track in tracks)
        self._shown: tuple[float, av.VideoFrame] | None = None
        self._next = next(self._coming, None)

    @property
    def over(self) -> bool:
        return self._next is None

    def at(self, moment: float) -> av.VideoFrame | None:
        while self._next is not None and self._next[0] <= moment:
            self._shown, self._next = self._next, next(self._coming, None)
        held = self._shown is not None and moment - self._shown[0] <= SILENT_AFTER
        return self._shown[1] if self._shown is not None and held else None


class Voice:
    """The sound of a side in one channel, asked for from front to back."""

    def __init__(self, tracks: Sequence[Track], zero: float) -> None:
        self._coming = chain.from_iterable(_sounds(track, zero) for track in tracks)
        self._next = next(self._coming, None)

    @property
    def over(self) -> bool:
        return self._next is None

    def block(self, start: int, count: int) -> Samples:
        """`count` samples from `start` on; silence where there are none."""
        out = np.zeros(count, np.int16)
        while self._next is not None and self._next[0] < start + count:
            at, samples = self._next
            begin, end = max(at, start), min(at + len(samples), start + count)
            if begin < end:
                out[begin - start : end - start] = samples[begin - at : end - at]
            if at + len(samples) > start + count:
                break
            self._next = next(self._coming, None)
        return out


def _pictures(track: Track, zero: float) -> Iterator[tuple[float, av.VideoFrame]]:
    mjr = Mjr(track.chunks())
    decoder = av.CodecContext.create("vp8", "r")
    for at, data in vp8_frames(timed(ordered(mjr.packets()), VIDEO_RATE)):
        with suppress(FFmpegError):
            for frame in decoder.decode(av.Packet(data)):
                yield mjr.began - zero + at, frame


def _sounds(track: Track, zero: float) -> Iterator[tuple[int, Samples]]:
    mjr = Mjr(track.chunks())
    decoder = av.AudioCodecContext.create("opus", "r")
    decoder.layout, decoder.sample_rate = "stereo", AUDIO_RATE
    for at, packet in timed(ordered(mjr.packets()), AUDIO_RATE):
        with suppress(FFmpegError):
            for frame in decoder.decode(av.Packet(packet.payload)):
                yield round((mjr.began - zero + at) * AUDIO_RATE), _mono(frame)


def _mono(frame: av.AudioFrame) -> Samples:
    both = frame.to_ndarray().mean(axis=0)
    made: Samples = np.clip(both * 32767, -32768, 32767).astype(np.int16)
    return made
