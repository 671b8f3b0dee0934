"""Both sides of a call in one film: the customer left, the verifier right, time and number in the strip below.

The voices are on the channels of their sides. It is what the recorder of a page makes where no server records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import av
import numpy as np
from av.container import OutputContainer
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from engine.clock import SHANGHAI
from workers.media.mjr import Mjr, NotMjr
from workers.media.remux import Writable
from workers.media.tracks import AUDIO_RATE, Image, Pictures, Track, Voice

WIDTH, HEIGHT, STRIP, RATE = 1280, 480, 32, 15
BLOCK = 960
LONGEST = 4 * 3600
SIDES = ("investor", "verifier")
FAST = {"deadline": "realtime", "cpu-used": "8", "error-resilient": "1"}


@dataclass
class Composed:
    """`zero`: the moment with which the film begins, in seconds since 1970. `unreadable` are parts."""

    zero: float
    duration_ms: int
    unreadable: list[int]


def compose(pictures: Sequence[Track], voices: Sequence[Track], number: str, into: Writable) -> Composed:
    """Write the film of these tracks; nothing is written where none can be read."""
    began, unreadable = _beginnings([*pictures, *voices])
    if not began:
        return Composed(0.0, 0, unreadable)
    zero = min(began.values())
    of = _of_sides(zero, began)
    seen, heard = [Pictures(one, zero) for one in of(pictures)], [Voice(one, zero) for one in of(voices)]
    with av.open(into, "w", format="webm") as film:
        frames = _Film(film, _Strip(zero, number), seen, heard).run()
    return Composed(zero, round(frames * 1000 / RATE), unreadable)


def _beginnings(tracks: Sequence[Track]) -> tuple[dict[int, float], list[int]]:
    """When each part was begun, and those that cannot be read at all."""
    began: dict[int, float] = {}
    unreadable: list[int] = []
    for track in tracks:
        try:
            began[track.part] = Mjr(track.chunks()).began
        except NotMjr:
            unreadable.append(track.part)
    return began, unreadable


def _of_sides(zero: float, began: dict[int, float]) -> Callable[[Sequence[Track]], list[list[Track]]]:
    """The readable tracks of each side in their order; one of another day would make a film of a day."""

    def of(tracks: Sequence[Track]) -> list[list[Track]]:
        fit = [one for one in tracks if one.part in began and began[one.part] - zero < LONGEST]
        return [sorted((one for one in fit if one.side == side), key=lambda one: began[one.part]) for side in SIDES]

    return of


class _Strip:
    """The words below the pictures, drawn anew when their second is over."""

    def __init__(self, zero: float, number: str) -> None:
        self._zero, self._number = zero, number
        self._font = ImageFont.load_default(18)
        self._second, self._drawn = -1, np.zeros((STRIP, WIDTH, 3), np.uint8)

    def at(self, moment: float) -> Image:
        second = int(self._zero + moment)
        if second != self._second:
            told = datetime.fromtimestamp(second, SHANGHAI)
            picture = Pillow.new("RGB", (WIDTH, STRIP))
            ImageDraw.Draw(picture).text(
                (12, 5), f"{told:%Y-%m-%d %H:%M:%S} UTC+8 | {self._number}", "white", self._font
            )
            self._second, self._drawn = second, np.asarray(picture)
        return self._drawn


class _Film:
    """The film while it is written."""

    def __init__(self, film: OutputContainer, strip: _Strip, seen: list[Pictures], heard: list[Voice]) -> None:
        self._film, self._strip, self._seen, self._heard = film, strip, seen, heard
        self._picture = film.add_stream("libvpx", rate=RATE, options=FAST)
        self._picture.width, self._picture.height, self._picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        self._picture.bit_rate, self._picture.gop_size = 600_000, RATE * 5
        self._sound = film.add_stream("libopus", rate=AUDIO_RATE, layout="stereo")
        self._sound.bit_rate = 64_000
        self._at = 0
        self._halves: list[tuple[av.VideoFrame | None, Image]] = [(None, _EMPTY), (None, _EMPTY)]

    def run(self) -> int:
        """How many pictures it has."""
        number = 0
        while number < LONGEST * RATE and not self._over:
            self._see(number)
            self._hear((number + 1) * AUDIO_RATE // RATE)
            number += 1
        self._film.mux(self._picture.encode(None))
        self._film.mux(self._sound.encode(None))
        return number

    @property
    def _over(self) -> bool:
        return all(one.over for one in self._seen) and all(one.over for one in self._heard)

    def _see(self, number: int) -> None:
        canvas = np.empty((HEIGHT, WIDTH, 3), np.uint8)
        for side, pictures in enumerate(self._seen):
            frame = pictures.at(number / RATE)
            if frame is not self._halves[side][0]:
                self._halves[side] = (frame, _half(frame))
            canvas[:, side * WIDTH // 2 : (side + 1) * WIDTH // 2] = self._halves[side][1]
        canvas[-STRIP:] = np.maximum(canvas[-STRIP:] // 3, self._strip.at(number / RATE))
        made = av.VideoFrame.from_ndarray(canvas, format="rgb24")
        made.pts, made.time_base = number, Fraction(1, RATE)
        self._film.mux(self._picture.encode(made))

    def _hear(self, until: int) -> None:
        while self._at < until:
            both = np.stack([voice.block(self._at, BLOCK) for voice in self._heard], axis=1).reshape(1, -1)
            made = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
            made.sample_rate, made.pts, made.time_base = AUDIO_RATE, self._at, Fraction(1, AUDIO_RATE)
            self._film.mux(self._sound.encode(made))
            self._at += BLOCK


_EMPTY = np.zeros((HEIGHT, WIDTH // 2, 3), np.uint8)


def _half(frame: av.VideoFrame | None) -> Image:
    """The whole picture in its half, whatever its shape."""
    if frame is None:
        return _EMPTY
    scale = min(WIDTH / 2 / frame.width, HEIGHT / frame.height)
    width, height = max(2, round(frame.width * scale) & ~1), max(2, round(frame.height * scale) & ~1)
    made = np.zeros_like(_EMPTY)
    left, top = (WIDTH // 2 - width) // 2, (HEIGHT - height) // 2
    small = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    made[top : top + height, left : left + width] = small
    return made
