"""A little film as a browser's recorder writes it: VP8 and Opus stereo in a WebM without length and without index."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np

LEFT, RIGHT = 440, 880
"""Hertz: the customer's channel and the verifier's."""
RATE = 48_000
CHUNK = 3000


@cache
def webm(seconds: float, left: int = LEFT, right: int = RIGHT, fps: int = 15, video: str = "libvpx") -> bytes:
    kept = io.BytesIO()

    class Sink:
        def write(self, data: bytes) -> int:
            return kept.write(data)

    with av.open(Sink(), "w", format="webm", options={"live": "1", "cluster_time_limit": "500"}) as film:
        picture: Any = film.add_stream(video, rate=fps)
        picture.width, picture.height, picture.pix_fmt = 320, 120, "yuv420p"
        picture.options = {"deadline": "realtime", "cpu-used": "8"}
        sound: Any = film.add_stream("libopus", rate=RATE, layout="stereo")
        for packet in _packets(picture, sound, seconds, left, right, fps):
            film.mux(packet)
    return kept.getvalue()


def chunks(data: bytes) -> list[bytes]:
    """As they are sent: cut anywhere."""
    return [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]


def heard(film: bytes) -> tuple[int, int]:
    """The loudest tone of each channel, in hertz."""
    with av.open(io.BytesIO(film)) as opened:
        sound = np.concatenate([frame.to_ndarray() for frame in opened.decode(audio=0)], axis=1)
    second = sound[:, RATE // 2 : RATE // 2 + RATE]
    left, right = (int(np.abs(np.fft.rfft(channel)).argmax()) for channel in second)
    return left, right


def length(film: bytes) -> float:
    """What the file itself says, in seconds; 0 where it says nothing."""
    with av.open(io.BytesIO(film)) as opened:
        return (opened.duration or 0) / 1_000_000


def _packets(picture: Any, sound: Any, seconds: float, left: int, right: int, fps: int) -> Iterator[Any]:
    samples = RATE // fps
    for number in range(round(seconds * fps)):
        yield from picture.encode(_frame(number, fps))
        yield from sound.encode(_tones(number, samples, left, right))
    yield from picture.encode(None)
    yield from sound.encode(None)


def _frame(number: int, fps: int) -> Any:
    frame = av.VideoFrame.from_ndarray(np.full((120, 320, 3), number * 7 % 255, np.uint8), format="rgb24")
    frame.pts, frame.time_base = number, Fraction(1, fps)
    return frame


def _tones(number: int, samples: int, left: int, right: int) -> Any:
    at = (np.arange(samples) + number * samples) / RATE
    both = np.stack([np.sin(2 * np.pi * hertz * at) / 2 for hertz in (left, right)], 1).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(both.reshape(1, -1), format="flt", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * samples, Fraction(1, RATE)
    return frame
