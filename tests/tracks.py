"""Tracks as Janus writes them down: VP8 and Opus in packets of RTP, each with the time at which it came."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np

RATE, FPS, SLICE = 48_000, 15, 400
"""`SLICE`: bytes of a frame in one packet; small ones, so that a frame has several."""
SPELL = Fraction(1, FPS)
Timed = tuple[float, bytes]


def mjr(codec: str, began: float, packets: Iterable[Timed]) -> bytes:
    """A file of these packets; `began` in seconds since 1970."""
    kind = "a" if codec == "opus" else "v"
    head = json.dumps({"t": kind, "c": codec, "s": int(began * 1e6), "u": int(began * 1e6)}).encode()
    out = b"MJR00002" + struct.pack("!H", len(head)) + head
    for at, data in packets:
        out += struct.pack("!4sIH", b"MEET", int(at * 1000), len(data)) + data
    return out


def voice(tone: int, seconds: float) -> list[Timed]:
    """A tone in Opus, 20 ms a packet."""
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    return [
        _rtp(number, number * 960, True, number / 50, data)
        for number, data in enumerate(_tones(encoder, tone, seconds))
    ]


def picture(colour: tuple[int, int, int], seconds: float, size: tuple[int, int] = (320, 240)) -> list[Timed]:
    """One colour in VP8, 15 pictures a second, each of which is cut into packets."""
    packets: list[Timed] = []
    for frame, data in enumerate(_frames(colour, seconds, size)):
        cuts = [data[at : at + SLICE] for at in range(0, len(data), SLICE)]
        for place, cut in enumerate(cuts):
            head = b"\x90\x80\x81\x05" if place == 0 else b"\x80\x80\x81\x05"  # begins a frame, a picture id of 15 bits
            last = place == len(cuts) - 1
            packets.append(_rtp(len(packets), frame * 90_000 // FPS, last, frame / FPS, head + cut))
    return packets


def _rtp(number: int, stamp: int, ends: bool, at: float, payload: bytes) -> Timed:
    """Numbers and stamps begin shortly before they wrap around, and there is an extension to be skipped."""
    number, stamp = (number + 65_500) % 65_536, (stamp + 2**32 - 90_000) % 2**32
    return at, struct.pack("!BBHIIHHI", 0x90, 0x60 | ends << 7, number, stamp, 7, 0xBEDE, 1, 0) + payload


def _tones(encoder: Any, tone: int, seconds: float) -> Iterator[bytes]:
    for start in range(0, round(seconds * RATE), 960):
        samples = (np.sin(2 * np.pi * tone * np.arange(start, start + 960) / RATE) * 12_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        yield from (bytes(packet) for packet in encoder.encode(frame))


@cache
def _frames(colour: tuple[int, int, int], seconds: float, size: tuple[int, int]) -> list[bytes]:
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = *size, "yuv420p"
    encoder.time_base, encoder.gop_size = SPELL, 15
    encoder.options = {"deadline": "realtime", "cpu-used": "8"}
    found = []
    noise = np.random.default_rng(1)
    for number in range(round(seconds * FPS)):
        image = np.full((size[1], size[0], 3), colour, np.uint8)
        image[:40] = noise.integers(0, 255, (40, size[0], 3))  # so that a frame is more than a packet
        frame = av.VideoFrame.from_ndarray(image, format="rgb24")
        frame.pts, frame.time_base = number, SPELL
        found += [bytes(packet) for packet in encoder.encode(frame)]
    return found + [bytes(packet) for packet in encoder.encode(None)]
